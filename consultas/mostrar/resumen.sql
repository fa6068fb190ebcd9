-- devuelve: cuánto trae el acervo: cifras, indicadores, áreas urbanas (todas y las del último trimestre),
--   trimestres con cifra por área y el último periodo
-- grano: una fila por fuente con áreas urbanas
-- parametros: ninguno
-- metodo: los indicadores son los que se pueden elegir: con cifra del total, de un área o de la nación. Las
--   cifras son las vigentes en estado «dato», con todos sus desgloses. La nación tiene series más largas que las áreas (los
--   libros repiten las nacionales), así que sus inicios van aparte. Sólo trimestres: como texto se ordenan bien.

select
    fuente,
    count(*) as cifras,
    count(distinct indicador) filter (desglose = 'total' and (tipo = 'area_urbana' or lugar = 'MX')) as indicadores,
    count(distinct lugar) filter (tipo = 'area_urbana') as areas,
    count(distinct lugar) filter (tipo = 'area_urbana' and periodo = ultimo) as areas_hoy,
    count(distinct periodo) filter (tipo = 'area_urbana' and periodo like '____T_') as trimestres_por_area,
    min(periodo) filter (tipo = 'area_urbana' and periodo like '____T_') as desde_por_area,
    min(periodo) filter (lugar = 'MX' and periodo like '____T_') as desde_nacional,
    max(periodo) filter (periodo like '____T_') as hasta
from estimacion_vigente
left join lugares using (lugar)
left join (
    select fuente, max(periodo) as ultimo
    from estimacion_vigente
    where periodo like '____T_' and estado = 'dato'
    group by fuente
) as reciente using (fuente)
where estado = 'dato'
group by fuente
having areas > 0
order by fuente
