-- devuelve: las celdas de los tabulados ENSU como estimaciones, con las columnas de contratos.ESTIMACION
-- grano: una fila por periodo, lugar, indicador, desglose y cuadro de la edición leída
-- parametros: ninguno
-- metodo: cada porcentaje se junta con su absoluto (mismo lugar, desglose, rubro y opción) y con la celda que le sirve
--   de denominador; rubros.csv dice qué indicador es. Donde INEGI publica por separado lo que después agrupa (muy y
--   algo efectivo; mucha y algo de confianza; mejorará y seguirá igual de bien) el agrupado se compone sumando
--   numeradores sobre el mismo denominador (o porcentajes, si el cuadro no trae absolutos), su celda nombra las dos y
--   su precisión se afirma sólo si se puede: la suma de dos estimaciones de CV menor a 15 % también lo tiene, porque
--   EE(a + b) ≤ EE(a) + EE(b). Si falta un sumando (NS, ND) no hay agrupado.

with
-- una celda por lugar: La Laguna se publica en Coahuila y en Durango con la misma cifra (lo comprueba el lector)
celdas_unicas as (
    select *
    from celdas
    qualify row_number() over (
        partition by hoja, periodo, lugar, desglose, rubro, opcion, medida
        order by cast(regexp_extract(celda, '[0-9]+$') as integer)
    ) = 1
),

porcentajes as (
    select
        p.*,
        a.valor as absoluto,
        a.precision as precision_absoluto,
        d.valor as base,
        d.precision as precision_base
    from celdas_unicas as p
    left join celdas_unicas as a
        on a.medida = 'absoluto'
        and (a.hoja, a.periodo, a.lugar, a.desglose, a.rubro, a.opcion)
            = (p.hoja, p.periodo, p.lugar, p.desglose, p.rubro, p.opcion)
    left join celdas as d
        on d.medida in ('denominador', 'absoluto') and d.hoja = p.hoja and d.celda = p.denominador
    where p.medida = 'porcentaje'
),

-- el motor carga el catálogo con las celdas vacías como nulas
indicador_por_rubro as (
    select
        familia,
        coalesce(rubro, '') as rubro,
        coalesce(opcion, '') as opcion,
        coalesce(ventana, '') as ventana,
        indicador,
        parte is not null as es_sumando,
        count(*) over (partition by familia, ventana, indicador, parte) as sumandos
    from rubros
),

con_indicador as (
    select p.*, r.indicador, r.es_sumando, r.sumandos
    from porcentajes as p
    inner join indicador_por_rubro as r using (familia, rubro, opcion, ventana)
),

publicadas as (
    select
        edicion, archivo, hoja, periodo, lugar, indicador, desglose, celda, estado,
        valor, precision,
        absoluto, precision_absoluto,
        base, precision_base
    from con_indicador
    where not es_sumando
),

compuestas as (
    select
        edicion, archivo, hoja, periodo, lugar, indicador, desglose,
        string_agg(celda, '+' order by length(celda), celda) as celda,
        case
            when bool_and(estado = 'dato') and count(*) = any_value(sumandos) then 'dato'
            when bool_or(estado = 'no_aplica') then 'no_aplica'
            else 'no_disponible'
        end as estado,
        coalesce(100 * sum(absoluto) / nullif(any_value(base), 0), sum(valor)) as valor,
        -- un sumando de cero no cambia la precisión del otro
        case
            when count(*) filter (valor > 0) = 1 then any_value(precision) filter (valor > 0)
            when bool_and(precision = 'alta') filter (valor > 0) then 'alta'
        end as precision,
        sum(absoluto) as absoluto,
        case
            when count(*) filter (absoluto > 0) = 1 then any_value(precision_absoluto) filter (absoluto > 0)
            when bool_and(precision_absoluto = 'alta') filter (absoluto > 0) then 'alta'
        end as precision_absoluto,
        any_value(base) as base,
        any_value(precision_base) as precision_base
    from con_indicador
    where es_sumando
    group by all
),

juntas as (
    select * from publicadas
    union all by name
    select * from compuestas
)

select
    'ensu' as fuente,
    periodo,
    lugar,
    indicador,
    desglose,
    case when estado = 'dato' then valor end as valor_pct,
    cast(null as double) as error_estandar,
    cast(null as double) as ic_inf,
    cast(null as double) as ic_sup,
    cast(null as double) as nivel_confianza,
    cast(null as bigint) as n,
    cast(null as bigint) as gl,
    cast(null as double) as cv_pct,
    case when estado = 'dato' then precision end as precision,
    case when estado = 'dato' then cast(round(absoluto) as bigint) end as numerador,
    case when estado = 'dato' then precision_absoluto end as precision_numerador,
    case when estado <> 'no_aplica' then cast(round(base) as bigint) end as denominador,
    case when estado <> 'no_aplica' then precision_base end as precision_denominador,
    estado,
    'publicada' as metodo,
    edicion,
    archivo,
    hoja as cuadro,
    celda
from juntas
order by indicador, desglose, periodo, lugar, cuadro
