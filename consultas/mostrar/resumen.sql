-- devuelve: cuánto trae el acervo: cifras, indicadores, áreas urbanas, trimestres con cifra por área y el último periodo
-- grano: una fila por fuente con áreas urbanas
-- parametros: ninguno
-- metodo: cuenta las cifras vigentes en estado «dato», con todos sus desgloses. La nación tiene series más largas que las
--   áreas (los libros repiten las nacionales), así que sus inicios van aparte. Sólo trimestres: como texto se ordenan bien.

select
    fuente,
    count(*) as cifras,
    count(distinct indicador) as indicadores,
    count(distinct lugar) filter (tipo = 'area_urbana') as areas,
    count(distinct periodo) filter (tipo = 'area_urbana' and periodo like '____T_') as trimestres_por_area,
    min(periodo) filter (tipo = 'area_urbana' and periodo like '____T_') as desde_por_area,
    min(periodo) filter (lugar = 'MX' and periodo like '____T_') as desde_nacional,
    max(periodo) filter (periodo like '____T_') as hasta
from estimacion_vigente
left join lugares using (lugar)
where estado = 'dato'
group by fuente
having areas > 0
order by fuente
