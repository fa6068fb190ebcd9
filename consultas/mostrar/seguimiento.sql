-- devuelve: cuánto hay de cada cosa que se sigue además de los compromisos, y cuánto de ello pide atención
-- grano: una sola fila
-- parametros: hoy (texto: 2026-11-26)
-- metodo: sin responder: recomendaciones sin voz de la autoridad. Una evaluación está abierta si no tiene fin o no ha llegado. Los
--   compromisos se cuentan de compromisos_vistos: una sola regla de qué va tarde.

select
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
