-- devuelve: cada cuenta de un proceso en cada corte, con la parte que es de otra o su tasa por mil habitantes
-- grano: una fila por proceso, territorio, medida y corte
-- parametros: procesos (lista de textos)
-- metodo: por ciento, la cuenta entre la medida que nombra su denominador, del mismo corte o, si no la hay, del más nuevo
--   anterior (o, sin él, del último). Por mil, entre los habitantes del territorio o, si la cuenta es de todo el proceso,
--   entre la población total de la proyección oficial del lugar en el año del corte; sin corte, en el del documento que la
--   cita o, si tampoco tiene fecha, en el que empezó el proceso (anio_es lo dice). Sólo lo contado se divide: sin dato, o sin con qué dividir, queda nulo. ultimo: el corte más
--   reciente de esa cuenta.

with

cuenta as (
    select m.*, p.lugar, p.nombre as nombre_proceso, t.nombre as nombre_territorio, t.habitantes, t.habitantes_fuente,
        try_cast(left(coalesce(m.corte, d.fecha, p.inicio), 4) as integer) as anio,
        case
            when m.corte is not null then 'corte'
            when d.fecha is not null then 'documento'
            when p.inicio is not null then 'proceso'
        end as anio_es,
        row_number() over (
            partition by m.proceso, m.territorio, m.medida order by m.corte desc nulls last
        ) = 1 as ultimo,
        count(*) over (partition by m.proceso, m.territorio, m.medida) as cortes
    from medidas as m
    inner join procesos as p using (proceso)
    left join territorios as t on t.territorio = m.territorio
    left join documentos as d on d.documento = m.documento
    where list_contains($procesos, m.proceso)
),

-- El todo de cada cuenta que es parte de otra.
todo as (
    select c.proceso, c.territorio, c.medida, c.corte, q.nombre, q.valor
    from cuenta as c
    inner join cuenta as q
        on q.proceso = c.proceso and q.territorio is not distinct from c.territorio and q.medida = c.denominador
        and q.estado = 'dato'
    qualify row_number() over (
        partition by c.proceso, c.territorio, c.medida, c.corte
        order by q.corte is distinct from c.corte, coalesce(q.corte > c.corte, false), q.corte desc nulls last
    ) = 1
),

habitante as (
    select v.lugar, v.anio, v.personas, y.nombre as proyeccion
    from poblacion_vigente as v
    inner join proyecciones as y using (proyeccion)
    where y.denominador = 'proyeccion' and v.sexo = 'total' and v.edad = 'total'
),

con_base as (
    select c.*, q.nombre as todo_nombre, q.valor as todo_valor,
        case when c.denominador = 'poblacion' then coalesce(c.habitantes, h.personas) end as poblacion,
        case
            when c.denominador <> 'poblacion' then null
            when c.habitantes is not null then coalesce(c.habitantes_fuente, 'la de la tabla de territorios')
            else h.proyeccion
        end as poblacion_es
    from cuenta as c
    left join todo as q
        on q.proceso = c.proceso and q.territorio is not distinct from c.territorio and q.medida = c.medida
        and q.corte is not distinct from c.corte
    left join habitante as h on h.lugar = c.lugar and h.anio = c.anio and c.territorio is null
)

select proceso, nombre_proceso, lugar, territorio, nombre_territorio, medida, nombre as nombre_medida, corte, anio, anio_es,
    estado, valor, unidad, alcance, denominador, todo_nombre, todo_valor, poblacion, poblacion_es,
    case when estado = 'dato' then 100 * valor / nullif(todo_valor, 0) end as parte_pct,
    case when estado = 'dato' then 1000 * valor / nullif(poblacion, 0) end as por_mil,
    ultimo, cortes, texto, documento, pasaje
from con_base
order by nombre_proceso, proceso, nombre_territorio nulls first, medida, corte
