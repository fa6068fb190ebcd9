-- devuelve: las cifras nacionales cuyos números absolutos no son la suma exacta de los de sus áreas urbanas
-- grano: una fila por edición, cuadro, indicador y desglose en que no coinciden
-- parametros: ninguno
-- metodo: los pesos de la ENSU son enteros y la nación es la suma de sus áreas: numerador y denominador coinciden hasta la
--   última persona. No se suma el área contenida en otra (Torreón, dentro de La Laguna). Sólo se exige donde el mismo
--   cuadro da todas las áreas que la encuesta cubría, con cifra o con NA (una alcaldía sin policía municipal no suma)

with

area_encuestada as (
    select e.edicion, l.lugar, l.municipio_unico
    from (select distinct edicion from estimacion) as e
    inner join lugares as l
        on l.tipo = 'area_urbana'
        and l.desde <= e.edicion
        and coalesce(l.hasta, e.edicion) >= e.edicion
),

area_dentro_de_otra as (
    select chica.edicion, chica.lugar
    from area_encuestada as chica
    inner join area_municipios as formada on formada.municipio = chica.municipio_unico and formada.lugar <> chica.lugar
    inner join area_encuestada as grande on grande.edicion = chica.edicion and grande.lugar = formada.lugar
),

sumando as (
    select edicion, lugar, count(*) over (partition by edicion) as areas
    from area_encuestada
    anti join area_dentro_de_otra using (edicion, lugar)
),

suma as (
    select
        e.fuente, e.edicion, e.cuadro, e.periodo, e.indicador, e.desglose,
        sum(e.numerador)::bigint as numerador_areas,
        sum(e.denominador)::bigint as denominador_areas
    from estimacion as e
    inner join sumando as s using (edicion, lugar)
    where e.metodo = 'publicada'
    group by all
    having count(*) filter (e.estado in ('dato', 'no_aplica')) = any_value(s.areas)
)

select
    fuente, edicion, cuadro, periodo, indicador, desglose, n.celda,
    n.numerador, numerador_areas,
    n.denominador, denominador_areas
from suma
inner join estimacion as n using (fuente, edicion, cuadro, periodo, indicador, desglose)
where n.lugar = 'MX'
    and n.metodo = 'publicada'
    and (n.numerador <> numerador_areas or n.denominador <> denominador_areas)
order by all
