-- devuelve: las cuentas que los documentos escriben, vueltas a hacer con lo que ellos mismos enumeran
-- grano: una fila por cotejo, sobre (la clave de lo que se coteja) y que
-- parametros: ninguno
-- metodo: dicho es lo que el documento escribe; recalculado, lo que da sumar o contar sus propias filas. cuadra: sí, no, o «no se
--   puede» si falta una de las dos (no escribe el total, o no enumera las partes) o si no dicen de qué es la misma cuenta. Nada se
--   corrige: se deja lo escrito y se dice. Las medidas que se cotejan entre sí van en la lista `suma_dicha`, con su porqué.

with

-- Los totales de participantes, columna por columna, y hombres más mujeres en cada renglón.
parte as (
    select proceso, sum(hombres) as hombres, sum(mujeres) as mujeres, sum(personas) as personas, sum(instituciones) as instituciones
    from participantes where procedencia <> 'total' group by proceso
),

de_participantes as (
    select 'participantes_' || c.que as cotejo, t.proceso as sobre, 'Participantes: ' || c.que || ', por procedencia' as que, c.unidad,
        c.dicho, c.suma as recalculado, 'La fila del total frente a la suma de las procedencias.' as explica, t.documento, t.pasaje
    from participantes as t
    inner join parte as s using (proceso)
    cross join lateral (
        values ('hombres', 'personas', t.hombres, s.hombres), ('mujeres', 'personas', t.mujeres, s.mujeres),
            ('personas', 'personas', t.personas, s.personas), ('instituciones', 'instituciones', t.instituciones, s.instituciones)
    ) as c (que, unidad, dicho, suma)
    where t.procedencia = 'total'
    union all
    select 'participantes_por_sexo', proceso || '/' || procedencia, 'Hombres más mujeres: ' || procedencia, 'personas',
        personas, hombres + mujeres, 'Hombres y mujeres sumados, frente a las personas del mismo renglón.', documento, pasaje
    from participantes
    where personas is not null or hombres + mujeres is not null
),

-- Lo que un plan dice tener, frente a lo que enumera el mismo documento y lo que suman todos.
de_planes as (
    select 'compromisos_del_plan' as cotejo, p.plan as sobre, p.nombre || ': compromisos' as que, 'compromisos' as unidad,
        p.compromisos_declarados as dicho, count(c.compromiso) as recalculado,
        'Los que el documento nombra, uno por uno.' as explica, p.documento, p.pasaje
    from planes as p left join compromisos as c using (plan)
    where p.compromisos_declarados is not null
    group by all
    union all
    select 'numeracion_del_plan', p.plan, p.nombre || ': numeración', 'compromisos', max(c.numero), count(*),
        coalesce(string_agg(distinct n.cuantos || ' ' || c.origen || 's', ' y ' order by n.cuantos || ' ' || c.origen || 's')
            filter (where c.origen <> 'no dicho') || '. ', '') || 'El último número que escribe frente a los que nombra.',
        p.documento, p.pasaje
    from planes as p
    inner join compromisos as c using (plan)
    inner join (select plan, origen, count(*) as cuantos from compromisos group by all) as n on n.plan = p.plan and n.origen = c.origen
    group by p.plan, p.nombre, p.documento, p.pasaje
    having count(c.numero) = count(*) and count(*) > 1
    union all
    select 'ejes_del_plan_' || quien.cual, p.plan, p.nombre || ': ejes', 'ejes', p.ejes_declarados,
        count(e.eje) filter (where quien.cual = 'juntos' or e.documento = p.documento),
        case quien.cual when 'juntos' then 'Los que enumeran entre todos los documentos.'
            else 'Los que enumera el mismo documento que da la cuenta.' end, p.documento, p.pasaje
    from planes as p
    cross join (values ('mismo'), ('juntos')) as quien (cual)
    left join ejes as e using (plan)
    where p.ejes_declarados is not null
    group by all
),

-- Cada cuenta de los veredictos de una calificación, frente a los compromisos que llevan ese veredicto.
de_calificaciones as (
    select 'veredictos' as cotejo, any_value(c.plan) as sobre, 'Compromisos con el veredicto «' || k.veredicto || '»' as que,
        'compromisos' as unidad, try_cast(regexp_extract(any_value(k.texto), '^(\d+) compromisos', 1) as bigint) as dicho,
        count(*) as recalculado, 'La cuenta con que empieza la frase, frente a los que nombra.' as explica, k.documento, k.pasaje
    from calificaciones as k inner join compromisos as c using (compromiso)
    where k.veredicto is not null
    group by k.veredicto, k.califica, k.documento, k.pasaje
),

-- Cuentas que el documento da de lo que él mismo lista en otra tabla.
de_listas as (
    select 'lista_' || m.medida as cotejo, m.proceso as sobre, m.nombre as que, m.unidad, m.valor as dicho, l.filas as recalculado,
        l.explica, m.documento, m.pasaje
    from medidas as m
    cross join lateral (
        select case m.medida
            when 'estados' then (select count(*) from ejercicios_locales as e where e.proceso = m.proceso)
            when 'ejercicios' then (select count(*) from ejercicios_locales as e where e.proceso = m.proceso)
            when 'bloques' then (select count(distinct e.grupo) from ejercicios_locales as e where e.proceso = m.proceso)
            when 'estados_activos' then (
                select nullif(count(*) filter (where e.activo = 'sí'), 0) from ejercicios_locales as e where e.proceso = m.proceso)
            when 'fases' then (select count(*) from etapas as e where e.proceso = m.proceso)
            when 'territorios' then (select count(*) from territorios as t where t.proceso = m.proceso)
        end as filas,
        case m.medida
            when 'estados_activos' then 'El documento no dice cuáles.'
            when 'fases' then (
                select printf('%d que explica y %d que sólo nombra.', count(e.descripcion), count(*) - count(e.descripcion))
                from etapas as e where e.proceso = m.proceso)
            when 'territorios' then 'Los que el documento nombra.'
            else 'Los que lista.'
        end as explica
    ) as l
    where m.medida in ('estados', 'ejercicios', 'bloques', 'estados_activos', 'fases', 'territorios') and m.estado = 'dato'
        and m.territorio is null
),

-- Medidas de un mismo proceso que el documento da por iguales, o una por suma de otras; con su porqué.
suma_dicha(proceso, medida, partes, explica) as (
    values
    ('mx_ogp', 'participantes_2011', ['fundadores'], 'Dos documentos: 9 participantes, dice el de 2015; 8 fundadores, el de 2021.'),
    ('izt_dialogos', 'apoyo', ['servidores_del_pueblo', 'promotores'], 'Servidores del pueblo más promotores comunitarios.'),
    ('izt_dialogos', 'responsables', ['funcionarios_de_estructura'], 'La misma red, contada en dos respuestas.'),
    ('izt_dialogos', 'territorios', ['responsables'], 'Un servidor público responsable por territorio.'),
    ('dgo_contraloria', 'cartas_compromiso', ['capacitados'], '«El mismo número» de cartas que de personas capacitadas.')
),

de_sumas as (
    select 'suma_' || m.medida as cotejo, m.proceso as sobre, m.nombre as que, m.unidad, m.valor as dicho,
        (select sum(q.valor) from medidas as q
            where q.proceso = m.proceso and list_contains(s.partes, q.medida) and q.estado = 'dato') as recalculado,
        s.explica, m.documento, m.pasaje
    from medidas as m inner join suma_dicha as s using (proceso, medida)
    where m.estado = 'dato'
),

-- Personas beneficiadas frente a las familias que dan «una a dos familias por ladrillera»: no es la misma cuenta.
de_familias as (
    select 'familias' as cotejo, m.proceso as sobre, m.nombre as que, 'personas' as unidad, m.valor as dicho, null::double as recalculado,
        printf('%d ladrilleras con %d cada una son %d familias: %.1f personas por familia.', d.valor::bigint, f.valor::bigint,
            (d.valor * f.valor)::bigint, m.valor / (d.valor * f.valor)) as explica, m.documento, m.pasaje
    from medidas as m
    inner join medidas as f on f.proceso = m.proceso and f.medida = replace(m.medida, 'personas', 'familias_por_ladrillera')
    inner join medidas as d on d.proceso = m.proceso and d.medida = 'derribadas'
    where m.medida in ('personas_min', 'personas_max')
),

de_modelos as (
    select 'componentes' as cotejo, m.modelo as sobre, m.nombre || ': componentes' as que, 'componentes' as unidad,
        m.componentes_declarados as dicho,
        count(c.orden) filter (where c.clase in ('componente', 'eje')) as recalculado, 'Los componentes o ejes que nombra.' as explica,
        m.documento, m.pasaje
    from modelos as m left join componentes as c using (modelo)
    where m.componentes_declarados is not null
    group by all
),

de_evaluaciones as (
    select 'plazo' as cotejo, evaluacion as sobre, instrumento || ': plazo' as que, 'días' as unidad, plazo_dias as dicho,
        date_diff('day', try_cast(inicio as date), try_cast(fin as date)) as recalculado,
        'El plazo frente a los días entre las dos fechas, que son las de la experiencia entera.' as explica, documento, pasaje
    from evaluaciones where plazo_dias is not null
    union all
    select 'recomendaciones', e.evaluacion, e.instrumento || ': recomendaciones', 'recomendaciones', e.recomendaciones_declaradas,
        nullif(count(r.recomendacion), 0),
        case when count(r.recomendacion) = 0 then 'No lista ninguna.' else 'Las que lista.' end, e.documento, e.pasaje
    from evaluaciones as e left join recomendaciones as r using (evaluacion)
    group by all
),

junta as (
    from de_participantes union all by name from de_planes union all by name from de_calificaciones union all by name from de_listas
    union all by name from de_sumas union all by name from de_familias union all by name from de_modelos
    union all by name from de_evaluaciones
)

select cotejo, sobre, que, dicho::double as dicho, recalculado::double as recalculado, unidad,
    case when dicho is null or recalculado is null then 'no se puede' when dicho = recalculado then 'sí' else 'no' end as cuadra,
    explica, documento, pasaje
from junta
order by list_position(['no', 'no se puede', 'sí'], cuadra), documento, cotejo, sobre, que
