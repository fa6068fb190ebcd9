-- devuelve: cuántas unidades territoriales de cada proceso han llegado a cada etapa
-- grano: una fila por proceso con unidades y etapa (diagnóstico, agenda, seguimiento)
-- parametros: procesos (lista de textos)
-- metodo: lo que el documento cuenta (medidas territorios, diagnosticos, agendas y seguimientos, su
--   último corte) o, si no cuenta ninguna, las filas de territorios: llega a una etapa quien está en ella o en una posterior.
--   estado: dato, no celebrado, no reportado, suprimido, o no dicho si el documento no la menciona.
--   sin_etapa: unidades de las que no se sabe la etapa.

with

etapa(orden, etapa, medida) as (
    values (1, 'diagnóstico', 'diagnosticos'), (2, 'agenda', 'agendas'), (3, 'seguimiento', 'seguimientos')
),

contada as (
    select *
    from medidas
    where list_contains($procesos, proceso) and territorio is null
        and medida in ('territorios', 'diagnosticos', 'agendas', 'seguimientos')
    qualify row_number() over (partition by proceso, medida order by corte desc nulls last) = 1
        and count_if(medida = 'territorios') over (partition by proceso) > 0
),

del_documento as (
    select p.proceso, e.orden, e.etapa, coalesce(c.estado, 'no dicho') as estado, c.valor, u.valor as total,
        coalesce(c.alcance, 'exacta') as alcance, 0 as sin_etapa, 'documento' as de_donde, c.corte, c.texto,
        coalesce(c.documento, p.documento) as documento, coalesce(c.pasaje, p.pasaje) as pasaje
    from (select proceso, any_value(documento) as documento, any_value(pasaje) as pasaje from contada group by proceso) as p
    cross join etapa as e
    left join contada as c on c.proceso = p.proceso and c.medida = e.medida
    left join contada as u on u.proceso = p.proceso and u.medida = 'territorios' and u.estado = 'dato'
),

unidad as (
    select proceso, documento, pasaje, corte,
        case etapa when 'sin empezar' then 0 when 'diagnóstico' then 1 when 'agenda' then 2 when 'seguimiento' then 3 end as llega
    from territorios
    where list_contains($procesos, proceso) and proceso not in (select proceso from contada)
),

de_territorios as (
    select u.proceso, e.orden, e.etapa, 'dato' as estado, count(*) filter (where u.llega >= e.orden) as valor,
        count(*) as total, 'exacta' as alcance, count(*) filter (where u.llega is null) as sin_etapa,
        'territorios' as de_donde, max(u.corte) as corte, null as texto,
        any_value(u.documento) as documento, any_value(u.pasaje) as pasaje
    from unidad as u
    cross join etapa as e
    group by u.proceso, e.orden, e.etapa
    having count(u.llega) > 0
),

junta as (
    from del_documento
    union all
    from de_territorios
)

select j.*, p.nombre as nombre_proceso,
    case when j.estado = 'dato' then 100 * j.valor / nullif(j.total, 0) end as parte_pct
from junta as j
inner join procesos as p using (proceso)
order by p.nombre, j.proceso, j.orden
