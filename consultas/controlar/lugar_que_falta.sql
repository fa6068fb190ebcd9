-- devuelve: las áreas urbanas que la encuesta cubría y que no salen en un cuadro que sí trae a las demás
-- grano: una fila por edición, cuadro, desglose, indicador y área ausente (indicador nulo: falta del cuadro entero)
-- parametros: ninguno
-- metodo: un cuadro por área urbana las trae todas, aunque sea con NA o ND; se exige del cuadro y de cada indicador que dé
--   para dos o más áreas en el trimestre de su edición. La cobertura es la de lugares.csv. Dos excepciones, por diseño del
--   tabulado: de los motivos de conflicto y de los delitos al hogar de enero a septiembre de 2020 (cuadros 7.7 a 7.12 y
--   10.6) se imprimen sólo los principales de cada área, así que ahí se exige el área y no cada indicador

with

publicada as (
    select distinct
        e.fuente,
        e.edicion,
        e.cuadro,
        e.desglose,
        case
            when e.indicador like 'conflicto\_%' escape '\' and e.indicador <> 'conflicto_alguno' then null
            when e.indicador like 'hogares\_%\_ene\_sep' escape '\' then null
            else e.indicador
        end as indicador,
        e.lugar
    from estimacion as e
    inner join lugares as l on l.lugar = e.lugar and l.tipo = 'area_urbana'
    where e.metodo = 'publicada' and e.periodo = e.edicion
),

cuadro_por_area as (
    select fuente, edicion, cuadro, desglose, indicador
    from publicada
    group by all
    having count(*) > 1
),

esperada as (
    select c.*, l.lugar
    from cuadro_por_area as c
    inner join lugares as l
        on l.tipo = 'area_urbana'
        and l.desde <= c.edicion
        and coalesce(l.hasta, c.edicion) >= c.edicion
)

select e.*
from esperada as e
anti join publicada as p
    on (p.fuente, p.edicion, p.cuadro, p.desglose, p.lugar) = (e.fuente, e.edicion, e.cuadro, e.desglose, e.lugar)
    and p.indicador is not distinct from e.indicador
order by all
