-- devuelve: la cifra vigente de cada indicador, lugar, periodo y desglose pedidos, o por qué no la hay; las columnas
--   de estimacion_con_error más nota (la del hueco, si lo hay)
-- grano: una fila por indicador, lugar, periodo y desglose pedidos
-- parametros: indicadores (lista de texto), lugares (lista de texto), periodos (lista de texto), desgloses (lista de texto)
-- metodo: lo que no está en el acervo también sale, con su estado. no_levantado: el catálogo registra un hueco, o el
--   lugar no se encuestaba en ese periodo. no_incorporado: el acervo no trae ningún archivo de ese periodo.
--   no_publicado: el archivo está, pero no da esa cifra para ese lugar. Ninguno de los tres es cero.

with

pedida as (
    select i.indicador, l.lugar, p.periodo, d.desglose, ficha.fuente
    from (select unnest($indicadores::varchar[]) as indicador) as i
    cross join (select unnest($lugares::varchar[]) as lugar) as l
    cross join (select unnest($periodos::varchar[]) as periodo) as p
    cross join (select unnest($desgloses::varchar[]) as desglose) as d
    left join indicadores as ficha on ficha.indicador = i.indicador
),

cifra as (
    select *
    from estimacion_con_error
    where list_contains($indicadores::varchar[], indicador)
        and list_contains($lugares::varchar[], lugar)
        and list_contains($periodos::varchar[], periodo)
        and list_contains($desgloses::varchar[], desglose)
),

-- Un trimestre, un semestre y un año se comparan por su último mes, contado desde el año cero.
calendario as (
    select
        periodo,
        12 * left(periodo, 4)::integer + case periodo[5]
            when 'T' then 3 * periodo[6:]::integer
            when 'S' then 6 * periodo[6:]::integer
            when '-' then periodo[6:]::integer
            else 12
        end as ultimo_mes
    from (
        select unnest($periodos::varchar[]) as periodo
        union
        select desde from lugares where desde is not null
        union
        select hasta from lugares where hasta is not null
        union
        select edicion from ediciones where regexp_matches(edicion, '^[0-9]{4}')
    )
),

-- El archivo de un semestre es el del trimestre en que acaba. Que otra edición cite el periodo no es tener su archivo.
periodo_incorporado as (
    select distinct este.periodo, e.fuente
    from calendario as este
    inner join calendario as suya using (ultimo_mes)
    inner join ediciones as e on e.edicion = suya.periodo
),

fuera_de_cobertura as (
    select este.periodo, area.lugar
    from lugares as area
    cross join calendario as este
    left join calendario as primero on primero.periodo = area.desde
    left join calendario as ultimo on ultimo.periodo = area.hasta
    where este.ultimo_mes < primero.ultimo_mes or este.ultimo_mes > ultimo.ultimo_mes
),

hueco as (
    select p.indicador, p.lugar, p.periodo, string_agg(distinct r.descripcion, ' ') as descripcion
    from pedida as p
    inner join rupturas as r
        on r.tipo = 'hueco'
        and r.fuente = p.fuente
        and r.periodo = p.periodo
        and coalesce(r.lugar, p.lugar) = p.lugar
        and coalesce(r.indicador, p.indicador) = p.indicador
    group by all
)

select
    p.fuente,
    p.periodo,
    p.lugar,
    p.indicador,
    p.desglose,
    c.valor_pct,
    c.error_estandar,
    c.ic_inf,
    c.ic_sup,
    c.nivel_confianza,
    c.n,
    c.gl,
    c.cv_pct,
    c.precision,
    c.numerador,
    c.precision_numerador,
    c.denominador,
    c.precision_denominador,
    case
        -- De un trimestre que no se levantó, la serie nacional imprime ND: se dice lo que se sabe, que no se levantó.
        when c.estado <> 'no_disponible' or (c.estado is not null and h.descripcion is null) then c.estado
        when h.descripcion is not null or f.lugar is not null then 'no_levantado'
        when i.periodo is null then 'no_incorporado'
        else 'no_publicado'
    end as estado,
    c.metodo,
    c.edicion,
    c.archivo,
    c.cuadro,
    c.celda,
    c.metodo_error,
    c.efecto_diseno,
    c.error_calibracion_pct,
    c.n_origen,
    c.precision_modelada,
    c.precision_discrepa,
    h.descripcion as nota
from pedida as p
left join cifra as c
    on (c.indicador, c.lugar, c.periodo, c.desglose) = (p.indicador, p.lugar, p.periodo, p.desglose)
left join hueco as h on (h.indicador, h.lugar, h.periodo) = (p.indicador, p.lugar, p.periodo)
left join fuera_de_cobertura as f on (f.lugar, f.periodo) = (p.lugar, p.periodo)
left join periodo_incorporado as i on (i.fuente, i.periodo) = (p.fuente, p.periodo)
order by
    list_position($indicadores::varchar[], p.indicador),
    list_position($lugares::varchar[], p.lugar),
    list_position($periodos::varchar[], p.periodo),
    list_position($desgloses::varchar[], p.desglose)
