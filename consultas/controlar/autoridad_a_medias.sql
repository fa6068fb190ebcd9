-- devuelve: los lugares donde una autoridad no aplica para una pregunta y sí tiene cifra para otra, el mismo periodo
-- grano: una fila por periodo, lugar y autoridad contradictorios
-- parametros: ninguno
-- metodo: identificar a una autoridad, juzgar su efectividad y confiar en ella se preguntan de la misma autoridad: donde no
--   existe (alcaldías sin policía municipal) no aplica ninguna de las tres

with

respuesta as (
    select
        periodo,
        lugar,
        regexp_extract(indicador, '^(identifica|efectividad|confianza)_(.+)$', 2) as autoridad,
        indicador,
        estado
    from estimacion_vigente
    where regexp_matches(indicador, '^(identifica|efectividad|confianza)_(policia|guardia|ejercito|marina|fuerza|gendarmeria)')
        and desglose = 'total'
)

select
    periodo,
    lugar,
    autoridad,
    list(indicador order by indicador) filter (estado = 'no_aplica') as no_aplica,
    list(indicador order by indicador) filter (estado = 'dato') as con_cifra
from respuesta
group by periodo, lugar, autoridad
having bool_or(estado = 'no_aplica') and bool_or(estado = 'dato')
order by all
