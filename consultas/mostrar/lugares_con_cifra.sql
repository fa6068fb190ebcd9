-- devuelve: los lugares de los dos países con alguna cifra de encuesta en el acervo
-- grano: una fila por lugar
-- parametros: ninguno
-- metodo: cifras vigentes del total (sin desglose), de cualquier indicador y periodo

select lugar, count(distinct periodo) as periodos
from estimacion_vigente
where estado = 'dato' and desglose = 'total'
group by lugar
order by lugar
