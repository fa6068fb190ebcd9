-- devuelve: las áreas urbanas con alguna cifra en el acervo
-- grano: una fila por área urbana
-- parametros: ninguno
-- metodo: cifras vigentes de cualquier indicador y periodo; la nación no es un área

select lugar, count(distinct periodo) as periodos
from estimacion_vigente
inner join lugares using (lugar)
where estado = 'dato' and tipo = 'area_urbana'
group by lugar
order by lugar
