-- devuelve: las sumas y cuentas que los documentos escriben, recalculadas con lo que sus propias tablas enumeran
-- grano: una fila por cotejo
-- parametros: ninguno
-- metodo: dicho, lo que el documento escribe; recalculado, lo que dan sus partes. dicho_max y recalculado_max sólo si son un
--   intervalo. cuadra: nulo si falta un lado o no son la misma unidad; falso si no coinciden. Nada se corrige. seccion y clave dicen a qué
--   tabla y fila toca (plan, proceso, evaluación, modelo o pasantía).

with

parte as (
    select proceso, sum(instituciones) as instituciones, sum(hombres) as hombres, sum(mujeres) as mujeres,
        sum(personas) as personas
    from participantes
    where procedencia <> 'total'
    group by proceso
),

por_procedencia as (
    select 'participacion' as seccion, proceso as clave, 'personas por sexo: ' || procedencia as que,
        personas::double as dicho, null::double as dicho_max,
        (hombres + mujeres)::double as recalculado, null::double as recalculado_max,
        documento, pasaje, 'Hombres más mujeres.' as nota
    from participantes
    where hombres is not null or mujeres is not null
),

totales as (
    select 'participacion', t.proceso, c.que, c.dicho::double, null::double, c.suma::double, null::double, t.documento,
        t.pasaje,
        case when c.dicho is null then 'El documento no escribe este total: sólo se dice lo que suman sus partes.'
            else 'Suma de las procedencias.' end
    from participantes as t
    inner join parte as p using (proceso)
    cross join lateral (
        values ('hombres, todas las procedencias', t.hombres, p.hombres),
            ('mujeres, todas las procedencias', t.mujeres, p.mujeres),
            ('personas, todas las procedencias', t.personas, p.personas),
            ('instituciones, todas las procedencias', t.instituciones, p.instituciones)
    ) as c(que, dicho, suma)
    where t.procedencia = 'total'
),

contados as (
    select p.*, count(c.compromiso) as hay, max(c.numero) as ultimo
    from planes as p
    inner join compromisos as c using (plan)
    group by all
),

compromisos_de_plan as (
    select 'compromisos', plan, 'compromisos: ' || nombre, coalesce(compromisos_declarados, ultimo)::double, null::double,
        hay::double, null::double, documento, pasaje,
        case when compromisos_declarados is null
            then 'El documento no escribe el total: es el último número de sus tablas.'
            else 'Declarados, frente a los que el documento nombra.' end
    from contados
    -- Un ejemplo suelto («compromiso 3» de Jalisco) no es la lista de su plan.
    where compromisos_declarados is not null or hay > 1
),

ejes_de_plan as (
    select 'compromisos', p.plan, c.que || ': ' || p.nombre, p.ejes_declarados::double, null::double,
        c.hay::double, null::double, c.documento, c.pasaje, c.nota
    from planes as p
    inner join (
        select p.plan, 'ejes, en el documento que los declara' as que, count(e.eje) as hay, p.documento, p.pasaje,
            'Los que ese documento nombra.' as nota
        from planes as p
        left join ejes as e on e.plan = p.plan and e.documento = p.documento
        group by all
        union all
        select p.plan, 'ejes, entre todos los documentos', count(*), max_by(e.documento, e.documento <> p.documento),
            max_by(e.pasaje, e.documento <> p.documento), 'Los que nombra este documento, más completo que el otro.'
        from planes as p
        inner join ejes as e using (plan)
        group by p.plan
        having count(distinct e.documento) > 1
    ) as c using (plan)
    where p.ejes_declarados is not null
),

medida as (
    select proceso, medida, valor, documento, pasaje
    from medidas
    where territorio is null and estado = 'dato'
    qualify row_number() over (partition by proceso, medida order by corte desc nulls last) = 1
),

partes_de_medida as (
    select 'participacion', t.proceso, 'servidores del pueblo más promotores', t.valor, null::double, sum(p.valor),
        null::double, t.documento, t.pasaje, 'La suma está en otro apartado de la ficha.'
    from medida as t
    inner join medida as p on p.proceso = t.proceso and p.medida in ('servidores_del_pueblo', 'promotores')
    where t.proceso = 'izt_dialogos' and t.medida = 'apoyo'
    group by all
),

dos_veces as (
    select 'participacion', a.proceso, c.que, a.valor, null::double, b.valor, null::double, b.documento, b.pasaje, c.nota
    from (
        values ('mx_ogp', 'fundadores', 'participantes_2011', 'países fundadores y países participantes en 2011',
                'Lo dicen dos documentos: 8 fundadores el de 2021, 9 participantes el de 2015. Puede no ser la misma cuenta.'),
            ('izt_dialogos', 'responsables', 'funcionarios_de_estructura', 'servidores públicos y funcionarios de estructura',
                'Dos apartados de la misma ficha.'),
            ('izt_dialogos', 'responsables', 'territorios', 'un responsable por territorio',
                '«Responsables principales de cada territorio»: tantos como territorios.'),
            ('dgo_contraloria', 'capacitados', 'cartas_compromiso', 'capacitados y cartas compromiso',
                '«El mismo número de carta compromiso».')
    ) as c(proceso, una, otra, que, nota)
    inner join medida as a on a.proceso = c.proceso and a.medida = c.una
    inner join medida as b on b.proceso = c.proceso and b.medida = c.otra
),

enumerados as (
    select 'participacion', m.proceso, c.que, m.valor, null::double, c.hay::double, null::double, m.documento, m.pasaje, c.nota
    from medida as m
    inner join (
        select proceso, 'fases' as medida, 'fases de un ejercicio local' as que, count(*) as hay,
            'Las fases que el documento nombra.' as nota
        from etapas group by proceso
        union all
        select proceso, 'estados', 'estados participantes', count(*), 'Los que enumera el documento.'
        from ejercicios_locales group by proceso
        union all
        select proceso, 'ejercicios', 'ejercicios del piloto', count(*), 'Los que enumera el documento.'
        from ejercicios_locales group by proceso
        union all
        select proceso, 'bloques', 'bloques del piloto', count(distinct grupo), 'Los grupos en que los enumera.'
        from ejercicios_locales group by proceso
        union all
        select proceso, 'estados_activos', 'estados con ejercicios activos',
            nullif(count(*) filter (where activo = 'sí'), 0), 'El documento dice cuántos y no cuáles.'
        from ejercicios_locales group by proceso
    ) as c using (proceso, medida)
),

familias as (
    select 'participacion', a.proceso, 'familias beneficiadas frente a personas', menos.valor, mas.valor,
        a.valor * por_menos.valor, a.valor * por_mas.valor, a.documento, a.pasaje,
        'Dicho: personas. Recalculado: familias, de una a dos por cada ladrillera derribada. No es la misma unidad y el documento no explica la cuenta: 84 familias no caben en 80 personas.'
    from medida as a
    inner join medida as menos on menos.proceso = a.proceso and menos.medida = 'personas_min'
    inner join medida as mas on mas.proceso = a.proceso and mas.medida = 'personas_max'
    inner join medida as por_menos on por_menos.proceso = a.proceso and por_menos.medida = 'familias_por_ladrillera_min'
    inner join medida as por_mas on por_mas.proceso = a.proceso and por_mas.medida = 'familias_por_ladrillera_max'
    where a.medida = 'derribadas'
),

componentes_de_modelo as (
    select 'intercambio', m.modelo, 'componentes o ejes: ' || m.nombre, m.componentes_declarados::double, null::double,
        count(c.nombre)::double, null::double, m.documento, m.pasaje,
        'Los que el documento nombra; problemas, principios y fundamentos no cuentan.'
    from modelos as m
    left join componentes as c on c.modelo = m.modelo and c.clase in ('componente', 'eje')
    where m.componentes_declarados is not null
    group by all
),

plazos as (
    select 'evaluaciones', evaluacion, 'días de plazo y días de principio a fin', plazo_dias::double, null::double,
        (try_cast(fin as date) - try_cast(inicio as date))::double, null::double, documento, pasaje,
        'Las fechas son las de la experiencia entera; el plazo, el del observatorio, y el documento no dice desde cuándo corre.'
    from evaluaciones
    where plazo_dias is not null
),

veredictos as (
    select 'compromisos', 'mx_pa3', 'compromisos con veredicto: ' || veredicto,
        try_cast(regexp_extract(texto, '^(\d+) compromisos', 1) as double), null::double, count(*)::double, null::double,
        documento, pasaje, 'Los que el Informe Sombra nombra en cada grupo.'
    from calificaciones
    where veredicto is not null and regexp_matches(texto, '^\d+ compromisos')
    group by veredicto, texto, documento, pasaje
),

dias_sueltos as (
    select 'intercambio', p.pasantia, 'días: ' || p.nombre, 2::double, null::double,
        (try_cast(p.fin as date) - try_cast(p.inicio as date) + 1)::double, null::double, p.documento, p.pasaje,
        'Dos días sueltos o del primero al último: la tabla guarda los dos extremos. El documento escribe «' || f.texto || '».'
    from pasantias as p
    inner join cifras as f on f.tabla = 'pasantias' and f.fila = p.pasantia
    where regexp_matches(f.texto, '^\d+ y \d+ de ')
    group by all
),

junto as (
    from por_procedencia
    union all from totales
    union all from compromisos_de_plan
    union all from veredictos
    union all from ejes_de_plan
    union all from partes_de_medida
    union all from dos_veces
    union all from enumerados
    union all from componentes_de_modelo
    union all from plazos
    union all from dias_sueltos
),

todos as (
    select *, true as comparables from junto
    union all
    select *, false from familias
)

select seccion || ':' || clave || ':' || que as cotejo, seccion, clave, que, dicho, dicho_max, recalculado, recalculado_max,
    case when comparables and dicho is not null and recalculado is not null
        then dicho = recalculado and dicho_max is not distinct from recalculado_max end as cuadra,
    documento, pasaje, nota
from todos
order by cuadra nulls first, seccion, clave, que
