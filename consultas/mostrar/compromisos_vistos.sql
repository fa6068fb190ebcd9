-- devuelve: cada compromiso con su plan y eje, su último avance reportado, si va tarde a la fecha dada y qué dicen las dos
--   voces: la de quien se reporta y la de quien califica
-- grano: una fila por compromiso
-- parametros: hoy (texto: 2026-11-26)
-- metodo: el avance es el último corte con cifra hasta «hoy» del compromiso entero; si sólo se reportan sus actividades, su media,
--   con sus pesos si todas lo tienen, y avance_de lo dice. Sin corte con cifra es «no reportado», nunca cero. El plazo es el del
--   compromiso o, si no lo tiene, el de su plan; uno que sólo dice mes o año vence al acabar. Meta: la suya o 100. situacion: cumplió,
--   llegó a su meta; tarde, el plazo pasó y no llega; en plazo; sin plazo; vencido sin reporte, el plazo pasó y no se sabe; no
--   reportado. voces: discrepan si uno da el compromiso por cumplido (llegó a su meta; «completo» o
--   «apegado») y el otro no; coinciden si dicen lo mismo; si falta alguna, cuál hay.
with

corte as (
    select * from avances where corte <= $hoy
),

de_compromiso as (
    select
        compromiso,
        max_by(struct_pack(avance_pct, corte, corte_es, reporta, evidencia, documento, pasaje), corte) as ultimo
    from corte
    where estado = 'dato' and actividad is null
    group by compromiso
),

-- Una fila por actividad con cifra: su último corte.
de_actividad as (
    select compromiso, actividad, max_by(avance_pct, corte) as avance_pct, max(corte) as corte
    from corte
    where estado = 'dato' and actividad is not null
    group by compromiso, actividad
),

por_actividades as (
    select
        a.compromiso,
        count(*) as actividades,
        count(d.avance_pct) as actividades_reportadas,
        case
            when count(a.peso) = count(*) then sum(a.peso * d.avance_pct) / sum(a.peso) filter (d.avance_pct is not null)
            else avg(d.avance_pct)
        end as avance_pct,
        max(d.corte) as corte
    from actividades as a
    left join de_actividad as d using (compromiso, actividad)
    group by a.compromiso
),

-- Lo último que se dijo, aunque fuera que no se reportó.
ultimo_intento as (
    select compromiso, max(corte) as corte
    from corte
    where estado = 'no reportado'
    group by compromiso
),

-- Una fila por quien califica: lo último que dijo.
calificacion as (
    select
        compromiso, califica,
        max_by(struct_pack(cumplimiento, veredicto), coalesce(fecha, '')) as dice
    from calificaciones
    where coalesce(fecha, '') <= $hoy
    group by compromiso, califica
),

independiente as (
    select
        compromiso,
        count(*) as califican,
        string_agg(califica, '; ' order by califica) as quienes,
        string_agg(coalesce(dice.cumplimiento, dice.veredicto, 'sin conclusión'), '; ' order by califica) as conclusion,
        -- El veredicto del Informe Sombra lo dice con otras palabras: sólo lo «apegado» es lo que se acordó.
        bool_and(coalesce(dice.cumplimiento = 'completo', dice.veredicto like 'apegado%')) filter (dice.cumplimiento is not null or dice.veredicto is not null)
            as da_por_cumplido
    from calificacion
    group by compromiso
),

responsable as (
    select
        compromiso,
        string_agg(organizacion, '; ' order by organizacion) filter (papel = 'responsable') as responsables,
        string_agg(organizacion, '; ' order by organizacion) filter (papel = 'corresponsable') as corresponsables
    from responsables
    group by compromiso
),

junto as (
    select
        c.compromiso, c.plan, p.nombre as nombre_plan, p.lugar, c.eje, e.orden as orden_eje, e.nombre as nombre_eje,
        c.numero, c.nombre as nombre_compromiso, c.tema, c.origen, c.problema, c.descripcion, c.inicio,
        coalesce(c.fin, p.fin) as plazo, c.fin is null and p.fin is not null as plazo_del_plan,
        coalesce(c.fin, p.fin) || case length(coalesce(c.fin, p.fin)) when 4 then '-12-31' when 7 then '-31' else '' end
            as vence,
        c.meta_pct, coalesce(c.meta_pct, 100) as meta, c.peso, p.regla_avance,
        coalesce(d.ultimo.avance_pct, a.avance_pct) as avance_pct,
        case when d.ultimo.avance_pct is not null then 'compromiso' when a.avance_pct is not null then 'actividades' end
            as avance_de,
        coalesce(d.ultimo.corte, a.corte) as corte, d.ultimo.corte_es as corte_es, d.ultimo.reporta as reporta,
        d.ultimo.evidencia as evidencia, u.corte as sin_reporte_en,
        coalesce(a.actividades, 0) as actividades, coalesce(a.actividades_reportadas, 0) as actividades_reportadas,
        r.responsables, r.corresponsables,
        coalesce(i.califican, 0) as califican, i.quienes, i.conclusion, i.da_por_cumplido,
        c.documento, c.pasaje
    from compromisos as c
    left join planes as p using (plan)
    left join ejes as e on e.eje = c.eje
    left join de_compromiso as d on d.compromiso = c.compromiso
    left join por_actividades as a on a.compromiso = c.compromiso
    left join ultimo_intento as u on u.compromiso = c.compromiso
    left join responsable as r on r.compromiso = c.compromiso
    left join independiente as i on i.compromiso = c.compromiso
)

select
    *,
    case
        when avance_pct >= meta then 'cumplió'
        when avance_pct is null and vence < $hoy then 'vencido sin reporte'
        when avance_pct is null then 'no reportado'
        when vence < $hoy then 'tarde'
        when vence is null then 'sin plazo'
        else 'en plazo'
    end as situacion,
    case
        when avance_pct is null and califican = 0 then 'ninguna'
        when avance_pct is null then 'sólo la independiente'
        when califican = 0 or da_por_cumplido is null then 'sólo el autoinforme'
        when (avance_pct >= meta) = da_por_cumplido then 'coinciden'
        else 'discrepan'
    end as voces,
    case when vence < $hoy and (avance_pct is null or avance_pct < meta) then
        date_diff('day', try_cast(if(length(plazo) < 10, null, plazo) as date), try_cast($hoy as date))
    end as dias_tarde
from junto
order by nombre_plan, plan, orden_eje nulls last, numero nulls last, nombre_compromiso
