-- devuelve: cuánto trae el acervo: cifras, indicadores, periodos, áreas urbanas y el último periodo
-- grano: una fila por fuente
-- parametros: ninguno
-- metodo: cuenta las cifras vigentes en estado «dato», con todos sus desgloses. El último periodo es el de calendario.

select
    fuente,
    count(*) as cifras,
    count(distinct indicador) as indicadores,
    count(distinct periodo) as periodos,
    count(distinct lugar) filter (lugar <> 'MX') as areas,
    min(periodo) as desde,
    max(periodo) as hasta
from estimacion_vigente
where estado = 'dato'
group by fuente
order by fuente
