-- devuelve: cuánto hay de cada cosa que se sigue, y cuánto de ello pide atención
-- grano: una sola fila
-- parametros: hoy (texto: 2026-11-26)
-- metodo: un compromiso está sin reporte si ningún corte suyo trae cifra; está tarde si su plazo (el suyo o, si no lo tiene, el de
--   su plan) ya pasó y su último corte con cifra no llega a su meta (100 si no la dice). Un plazo que sólo dice año o mes vence
--   al acabar. Un compromiso no está en las dos cuentas. Sin responder: recomendaciones sin voz de la autoridad. Una
--   evaluación está abierta si no tiene fin o no ha llegado.

with

corte as (
    select compromiso, max_by(avance_pct, corte) as avance_pct
    from avances
    where estado = 'dato' and actividad is null
    group by compromiso
),

compromiso_con_plazo as (
    select
        c.compromiso,
        coalesce(c.meta_pct, 100) as meta_pct,
        corte.avance_pct,
        exists (select 1 from avances as a where a.compromiso = c.compromiso and a.estado = 'dato') as reportado,
        coalesce(c.fin, p.fin) || case length(coalesce(c.fin, p.fin)) when 4 then '-12-31' when 7 then '-31' else '' end as vence
    from compromisos as c
    left join planes as p on p.plan = c.plan
    left join corte on corte.compromiso = c.compromiso
)

select
    (select count(*) from compromiso_con_plazo) as compromisos,
    (select count(*) from compromiso_con_plazo where not reportado) as compromisos_sin_reporte,
    (select count(*) from compromiso_con_plazo where reportado and vence < $hoy and avance_pct < meta_pct) as compromisos_tarde,
    (select count(*) from planes) as planes,
    (select count(*) from evaluaciones) as evaluaciones,
    (select count(*) from evaluaciones where fin is null or fin > $hoy) as evaluaciones_abiertas,
    (select count(*) from recomendaciones) as recomendaciones,
    (
        select count(*)
        from recomendaciones as r
        where not exists (select 1 from voces as v where v.recomendacion = r.recomendacion and v.voz = 'autoridad')
    ) as recomendaciones_sin_responder,
    (select count(*) from procesos) as procesos,
    (select count(*) from territorios) as territorios,
    (select count(*) from experiencias) as experiencias,
    (select count(*) from transferencias) as transferencias,
    (select count(*) from transferencias where estado = 'instalada') as transferencias_instaladas
