-- devuelve: de cada indicador y periodo del acervo, cuántos lugares tienen cifra y qué desgloses trae
-- grano: una fila por indicador y periodo
-- parametros: ninguno
-- metodo: cuenta las cifras vigentes del total (sin desglose); las áreas urbanas de México, las comunas y regiones de Chile y
--   la nación mexicana se cuentan aparte. Los desgloses son los que el libro trae para algún lugar, además del total.

select
    indicador,
    periodo,
    any_value(fuente) as fuente,
    count(distinct lugar) filter (desglose = 'total' and estado = 'dato' and tipo = 'area_urbana') as areas_con_cifra,
    count(distinct lugar) filter (
        desglose = 'total' and estado = 'dato' and tipo in ('municipio', 'entidad') and left(lugar, 2) = 'CL'
    ) as lugares_de_chile_con_cifra,
    bool_or(desglose = 'total' and estado = 'dato' and lugar = 'MX') as nacional_con_cifra,
    coalesce(list(distinct desglose order by desglose) filter (desglose <> 'total'), []) as desgloses
from estimacion_vigente
left join (
    select lugar, tipo from lugares
    union all
    select lugar, tipo from lugares_cl
) using (lugar)
group by indicador, periodo
order by indicador, periodo
