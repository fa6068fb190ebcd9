-- devuelve: los totales anuales transcritos de unos municipios, en el esquema de conteo
-- grano: una fila por año, lugar e indicador (sólo el total: la transcripción no trae modalidades)
-- parametros: ninguno
-- metodo: «citada», porque es una transcripción y la mayor parte no se puede reproducir con los archivos a la vista. El año
--   parcial queda fuera: no consta cuántos meses cubre y es de otro instrumento. docs/fuentes/sesnsp.md
with

anio_completo as (
    select t.*, d.indicador, t.anio::varchar as periodo
    from totales as t
    inner join delitos as d on d.fuente = 'sesnsp' and d.instrumento = 'cnsp_38_15' and d.delito = t.subtipo
    where not t.parcial
)

select
    'sesnsp' as fuente,
    a.periodo,
    a.lugar,
    a.indicador,
    'total' as desglose,
    case when s.indicador is null or a.total > 0 then a.total end as casos,
    null::double as tasa_publicada_100k,
    12::bigint as meses,
    case when s.indicador is not null and a.total = 0 then 'no_registrado' else 'dato' end as estado,
    'citada' as metodo,
    p.edicion,
    p.archivo,
    a.subtipo as celda
from anio_completo as a
cross join portada as p
left join sin_registro as s
    on s.fuente = 'sesnsp'
    and s.entidad = left(a.lugar, 5)
    and s.indicador = a.indicador
    and s.desde <= a.periodo || '-01'
    and coalesce(s.hasta, a.periodo || '-12') >= a.periodo || '-12'
