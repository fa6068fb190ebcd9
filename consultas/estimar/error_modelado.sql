-- devuelve: las cifras vigentes con su error: el publicado o calculado si lo hay; si no, uno modelado (vista
--   `estimacion_con_error`). Las columnas de estimacion más metodo_error, efecto_diseno, error_calibracion_pct, n_origen,
--   precision_modelada y precision_discrepa
-- grano: el de estimacion_vigente
-- parametros: ninguno
-- metodo: ee² = deff·p·(1−p)/n, con n = entrevistas del lugar × parte de la población que es universo de la pregunta y
--   log deff = general + tema + el del lugar en ese trimestre (o, en la nación, la asignación entre ciudades), calibrado
--   contra las clases de precisión de INEGI (tabla calibracion). gl = 2/Var(log deff). Intervalo logit con t al 95 %. La
--   clase publicada manda: si el CV modelado da otra, precision_discrepa lo dice. Sin entrevistas contadas, o con 0 o
--   100 %, no hay error. docs/error_modelado.md
with

-- Una fila por fuente: el efecto común y las dispersiones que heredan los temas, lugares y naciones sin evidencia.
general as (
    select
        fuente,
        sum(log_efecto_diseno) filter (efecto = 'general') as log_deff,
        sum(error_log ** 2 + dispersion_log ** 2) filter (efecto = 'general') as varianza,
        max(dispersion_log) filter (efecto = 'tema') ** 2 as varianza_tema,
        max(dispersion_log) filter (efecto = 'lugar_periodo') ** 2 as varianza_lugar,
        coalesce(sum(log_efecto_diseno) filter (efecto = 'nacional'), 0) as log_nacional,
        coalesce(sum(error_log ** 2) filter (efecto = 'nacional'), 0) as varianza_nacional
    from calibracion
    group by fuente
),

-- Una fila por indicador: su tema, si cuenta hogares y lo que la calibración dice de su tema.
ficha as (
    select
        i.indicador,
        g.fuente,
        i.unidad = '% de hogares' as de_hogares,
        g.* exclude (fuente),
        coalesce(t.log_efecto_diseno, 0) as log_tema,
        coalesce(t.error_log ** 2, g.varianza_tema, 0) as varianza_del_tema
    from indicadores as i
    cross join general as g
    left join calibracion as t on t.fuente = g.fuente and t.efecto = 'tema' and t.tema = i.tema
),

-- Una fila por lugar y periodo: su muestra y su efecto de diseño, aparte del tema.
lugar_periodo as materialized (
    select
        m.*,
        g.log_deff
            + if(m.lugar = 'MX', ln(m.factor_asignacion) + g.log_nacional, coalesce(c.log_efecto_diseno, 0)) as log_lugar,
        g.varianza
            + if(m.lugar = 'MX', g.varianza_nacional, coalesce(c.error_log ** 2, g.varianza_lugar, 0)) as varianza_lugar
    from muestra_lugar as m
    join general as g using (fuente)
    left join calibracion as c
        on c.fuente = m.fuente and c.efecto = 'lugar_periodo' and c.lugar = m.lugar and c.periodo = m.trimestre
),

-- Las series nacionales no imprimen su denominador: una fila por pregunta y desglose, con la parte de la población que es
-- su universo, mediana de las ediciones que sí lo imprimen.
universo as (
    select
        e.fuente,
        e.indicador,
        e.desglose,
        median(e.denominador / if(f.de_hogares, l.hogares, l.personas)) as parte
    from estimacion as e
    join ficha as f using (fuente, indicador)
    join lugar_periodo as l using (fuente, lugar, periodo)
    where e.lugar = 'MX' and e.metodo = 'publicada' and e.denominador > 0
    group by all
),

-- Si de un sexo no se imprime nunca, es la de los dos por la parte de ese sexo.
universo_por_sexo as (
    select u.fuente, u.indicador, s.desglose, u.parte * s.parte as parte
    from universo as u
    join universo as s
        on s.fuente = u.fuente and s.indicador = 'inseguridad_ciudad' and starts_with(s.desglose, 'sexo:')
    where u.desglose = 'total'
),

cifra as (
    select
        e.*,
        l.n_origen,
        case when e.metodo = 'publicada' and e.estado = 'dato' and e.error_estandar is null then l.entrevistas end
            as entrevistas,
        coalesce(
            e.denominador / if(f.de_hogares, l.hogares, l.personas), if(e.lugar = 'MX', coalesce(u.parte, s.parte), null)
        ) as parte,
        e.valor_pct / 100 as p,
        exp(l.log_lugar + f.log_tema) as deff,
        l.varianza_lugar + f.varianza_del_tema as varianza_log
    from estimacion_vigente as e
    left join ficha as f on f.fuente = e.fuente and f.indicador = e.indicador
    left join lugar_periodo as l on l.fuente = e.fuente and l.lugar = e.lugar and l.periodo = e.periodo
    left join universo as u on u.fuente = e.fuente and u.indicador = e.indicador and u.desglose = e.desglose
    left join universo_por_sexo as s on s.fuente = e.fuente and s.indicador = e.indicador and s.desglose = e.desglose
),

modelada as (
    select
        *,
        coalesce(entrevistas * if(parte > 1, 1, parte), 0) as n_celda,
        if(p > 0 and p < 1 and n_celda > 0, sqrt(deff * p * (1 - p) / n_celda), null) as ee,
        floor(2 / varianza_log) as gl_modelado,
        -- t de Student al 95 %: serie en 1/gl alrededor de la normal (Abramowitz y Stegun 26.7.5).
        1.959963984540054 + 2.372271230 / gl_modelado + 2.822498625 / gl_modelado ** 2 + 2.555852 / gl_modelado ** 3 as t
    from cifra
)

select
    fuente,
    periodo,
    lugar,
    indicador,
    desglose,
    valor_pct,
    coalesce(error_estandar, 100 * ee) as error_estandar,
    coalesce(ic_inf, 100 / (1 + (1 - p) / p * exp(t * ee / (p * (1 - p))))) as ic_inf,
    coalesce(ic_sup, 100 / (1 + (1 - p) / p * exp(-t * ee / (p * (1 - p))))) as ic_sup,
    coalesce(nivel_confianza, if(ee is null, null, 95)) as nivel_confianza,
    coalesce(n, if(ee is null, null, round(n_celda)::bigint)) as n,
    coalesce(gl, if(ee is null, null, gl_modelado::bigint)) as gl,
    coalesce(cv_pct, 100 * ee / p) as cv_pct,
    precision,
    numerador,
    precision_numerador,
    denominador,
    precision_denominador,
    estado,
    metodo,
    edicion,
    archivo,
    cuadro,
    celda,
    case when error_estandar is not null then metodo when ee is not null then 'modelada' end as metodo_error,
    if(ee is null, null, deff) as efecto_diseno,
    if(ee is null, null, 50 * sqrt(varianza_log)) as error_calibracion_pct,
    if(ee is null, null, n_origen) as n_origen,
    if(ee is null, null, case when ee / p < 0.15 then 'alta' when ee / p < 0.30 then 'moderada' else 'baja' end)
        as precision_modelada,
    precision <> precision_modelada as precision_discrepa
from modelada
