-- devuelve: cada recomendación con lo último que dicen de ella la autoridad y el observatorio
-- grano: una fila por recomendación
-- parametros: hoy (texto: 2026-11-26)
-- metodo: de cada voz, lo último que dijo hasta «hoy». acuerdo: discrepan, si las dos hablaron y su postura no es la misma; coinciden;
--   sólo la autoridad; sólo el observatorio; ninguna. dias_sin_respuesta: desde la fecha de la recomendación hasta la primera
--   respuesta de la autoridad o, si no la hay, hasta hoy
with

voz as (
    select
        recomendacion, voz,
        max_by(struct_pack(postura, fecha, texto, evidencia), fecha) as dice,
        min(fecha) as primera
    from voces
    where fecha <= $hoy
    group by recomendacion, voz
),

autoridad as (from voz where voz = 'autoridad'),

observatorio as (from voz where voz = 'observatorio')

select
    r.recomendacion, r.evaluacion, r.numero, r.criterio, r.perspectiva, r.texto, r.fecha,
    a.dice.postura as autoridad_postura, a.dice.fecha as autoridad_fecha, a.dice.texto as autoridad_texto,
    a.dice.evidencia as autoridad_evidencia,
    o.dice.postura as observatorio_postura, o.dice.fecha as observatorio_fecha, o.dice.texto as observatorio_texto,
    o.dice.evidencia as observatorio_evidencia,
    case
        when a.dice is null and o.dice is null then 'ninguna'
        when o.dice is null then 'sólo la autoridad'
        when a.dice is null then 'sólo el observatorio'
        when a.dice.postura = o.dice.postura then 'coinciden'
        else 'discrepan'
    end as acuerdo,
    date_diff(
        'day',
        case when length(r.fecha) = 10 then try_cast(r.fecha as date) end,
        coalesce(case when length(a.primera) = 10 then try_cast(a.primera as date) end, cast($hoy as date))
    ) as dias_sin_respuesta,
    r.documento, r.pasaje
from recomendaciones as r
left join autoridad as a using (recomendacion)
left join observatorio as o using (recomendacion)
order by r.evaluacion, r.numero nulls last, r.recomendacion
