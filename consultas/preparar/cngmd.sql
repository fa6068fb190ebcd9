-- devuelve: los policías preventivos de cada municipio al cierre del año, en total y por sexo (tabla `conteo`)
-- grano: una fila por municipio y desglose
-- parametros: ninguno
-- metodo: qué tipo de organización policial (orgapoli_e) es el indicador lo dice delitos.csv; los demás tipos quedan fuera. NA, ND y
--   NSS quedan sin cifra: ninguno es cero. El archivo es la transcripción de unos municipios y no la tabla entera de INEGI: va
--   como citada, y no hay entidad ni país
with

policia as (
    select p.*, d.indicador
    from personal as p
    inner join delitos as d on d.fuente = 'cngmd' and d.instrumento = 'm3s1p2_2021' and d.delito = p.tipo::varchar
),

por_desglose as (
    select archivo, periodo, municipio, indicador, renglon, 'total' as desglose, total as casos, 'sexostt' as columna
    from policia
    union all
    select archivo, periodo, municipio, indicador, renglon, 'sexo:hombres', hombres, 'sexos1'
    from policia
    union all
    select archivo, periodo, municipio, indicador, renglon, 'sexo:mujeres', mujeres, 'sexos2'
    from policia
)

select
    'cngmd' as fuente,
    periodo,
    'MX-' || municipio as lugar,
    indicador,
    desglose,
    casos,
    null::double as tasa_publicada_100k,
    12::bigint as meses,  -- una existencia al cierre del año, no un flujo: la tasa es la del año, sin anualizar
    case when casos is null then 'no_disponible' else 'dato' end as estado,
    'citada' as metodo,
    periodo as edicion,
    archivo,
    'renglón ' || renglon || ', ' || columna as celda
from por_desglose
order by lugar, desglose
