-- devuelve: con cuántas entrevistas y para cuánta población se hizo la encuesta en cada lugar y periodo (vista
--   `muestra_lugar`)
-- grano: una fila por fuente, periodo (trimestre o semestre) y lugar que entonces se publicaba
-- parametros: ninguno
-- metodo: las entrevistas contadas (tabla muestra). Un trimestre sin conteo lleva el del más cercano en que el lugar era
--   la misma área (n_origen dice cuál), hasta un año de distancia; en empate, el anterior. La nación sin conteo suma las
--   de sus áreas. Lo que se pregunta por semestre se levanta en el trimestre en que termina (trimestre dice cuál). personas y hogares: los denominadores publicados más cercanos. factor_asignacion: cuánto aumenta la
--   varianza nacional por tener casi las mismas entrevistas en ciudades de muy distinto tamaño, n·Σ(W²/n) con W la parte
--   de la población de cada área (Kish 1965, §11.7); 1 en las áreas. docs/error_modelado.md
with

-- Los trimestres se cuentan desde el año cero para poder decir cuál está más cerca.
contada as (
    select *, 4 * periodo[:4]::integer + periodo[6:]::integer as trimestre from muestra
),

calendario as (
    select
        trimestre,
        (trimestre - 1) // 4 || 'T' || (trimestre - 1) % 4 + 1 as periodo
    from (select unnest(range(min(trimestre) - 4, max(trimestre) + 5)) as trimestre from contada)
),

-- Una fila por área y trimestre en que se publicaba, con las áreas que sólo son parte de otra (Torreón) señaladas.
area as (
    select
        lugares.lugar,
        calendario.trimestre,
        calendario.periodo,
        exists (
            select 1
            from area_municipios as suyo
            join area_municipios as ajeno using (municipio)
            join lugares as otra on otra.lugar = ajeno.lugar
            where suyo.lugar = lugares.lugar
                and ajeno.lugar <> suyo.lugar
                and calendario.periodo between otra.desde and coalesce(otra.hasta, '9999')
                and (select count(*) from area_municipios as a where a.lugar = ajeno.lugar)
                > (select count(*) from area_municipios as b where b.lugar = suyo.lugar)
        ) as es_parte
    from lugares
    join calendario on calendario.periodo between lugares.desde and coalesce(lugares.hasta, '9999')
    where lugares.tipo = 'area_urbana'
),

area_con_n as (
    select area.*, contada.fuente, contada.entrevistas, contada.periodo as n_origen
    from area
    join contada on contada.lugar = area.lugar and abs(contada.trimestre - area.trimestre) <= 4
    qualify row_number() over (
        partition by area.lugar, area.trimestre, contada.fuente
        order by abs(contada.trimestre - area.trimestre), contada.trimestre
    ) = 1
),

universo as (
    select
        fuente,
        lugar,
        indicador,
        denominador,
        4 * periodo[:4]::integer + periodo[6:]::integer * if(periodo[5] = 'S', 2, 1) as trimestre
    from estimacion_vigente
    where indicador in ('inseguridad_ciudad', 'hogares_victimas')
        and desglose = 'total' and metodo = 'publicada' and denominador > 0
),

area_con_universo as (
    select
        a.fuente,
        a.periodo,
        a.lugar,
        a.entrevistas,
        a.n_origen,
        a.es_parte,
        arg_min(u.denominador, abs(u.trimestre - a.trimestre)) filter (u.indicador = 'inseguridad_ciudad') as personas,
        arg_min(u.denominador, abs(u.trimestre - a.trimestre)) filter (u.indicador = 'hogares_victimas') as hogares
    from area_con_n as a
    left join universo as u using (fuente, lugar)
    group by all
),

nacion as (
    select
        a.fuente,
        a.periodo,
        'MX' as lugar,
        coalesce(any_value(m.entrevistas), sum(a.entrevistas)) as entrevistas,
        if(count(m.entrevistas) > 0, a.periodo, string_agg(distinct a.n_origen, ', ' order by a.n_origen)) as n_origen,
        sum(a.personas) as personas,
        sum(a.hogares) as hogares,
        sum(a.entrevistas) * sum(a.personas ** 2 / a.entrevistas) / sum(a.personas) ** 2 as factor_asignacion
    from area_con_universo as a
    left join muestra as m on m.fuente = a.fuente and m.periodo = a.periodo and m.lugar = 'MX'
    where not a.es_parte
    group by a.fuente, a.periodo
),

lugar_trimestre as (
    select fuente, periodo as trimestre, lugar, entrevistas, n_origen, personas, hogares, 1.0 as factor_asignacion
    from area_con_universo
    union all
    select fuente, periodo, lugar, entrevistas::bigint, n_origen, personas::bigint, hogares::bigint, factor_asignacion
    from nacion
)

select fuente, trimestre as periodo, * exclude (fuente)
from lugar_trimestre
union all
-- 2020T2 no se levantó: el primer semestre de 2020 se preguntó en septiembre (rupturas.csv).
select fuente, trimestre[:4] || if(trimestre[5:] = 'T4', 'S2', 'S1'), * exclude (fuente)
from lugar_trimestre
where trimestre[5:] = 'T4' or trimestre = '2020T3' or (trimestre[5:] = 'T2' and trimestre <> '2020T2')
order by fuente, periodo, lugar
