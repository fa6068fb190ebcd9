-- devuelve: para cada par de dominios a y b de un indicador, la diferencia b − a con su error de diseño y su covarianza
-- grano: una fila por par en que los dos dominios tienen casos
-- parametros: fuente (texto), marco (texto), indicadores (lista de texto: los de los pares), periodos (lista de texto),
--   pares (lista de registros: par, indicador, periodo_a, lugar_a, desglose_a, periodo_b, lugar_b, desglose_b),
--   upm_unica (texto: adjust, certainty o fail)
-- metodo: la diferencia de dos razones es lineal en sus valores linealizados: su varianza es la de z_b − z_a por UPM sobre
--   el diseño de las dos olas juntas (Särndal, Swensson y Wretman 1992, §5.6; Kish 1965, §12.4). docs/estadistica.md
-- nota: dos olas comparten una UPM si tiene la misma clave en `ola`. Quien la llena debe usar la del marco: los códigos
--   de diseño de la ENSU (`UPM_DIS`) se reparten de nuevo cada trimestre y coincidirían sin ser el mismo lugar.

with

par as (
    select unnest($pares, recursive := true)
),

-- Una fila por extremo de algún par: un dominio de un indicador en una ola.
extremo as (
    select row_number() over () as extremo, *
    from (
        select indicador, periodo_a as periodo, lugar_a as lugar, desglose_a as desglose from par
        union
        select indicador, periodo_b, lugar_b, desglose_b from par
    )
),

entrevista as (
    select
        periodo, estrato, upm, peso, pais, region, lugar, sexo, edad,
        columns(lambda c: list_contains($indicadores, c))
    from ola
    where fuente = $fuente and marco = $marco and list_contains($periodos, periodo)
),

-- Una fila por combinación de olas que se comparan y estrato: todas las UPM de esas olas juntas.
diseno as (
    select olas.periodo_a, olas.periodo_b, e.estrato, count(distinct e.upm) as n_h
    from (select distinct periodo_a, periodo_b from par) as olas
    join (select distinct periodo, estrato, upm from entrevista) as e
        on e.periodo = olas.periodo_a or e.periodo = olas.periodo_b
    group by olas.periodo_a, olas.periodo_b, e.estrato
),

-- Una fila por extremo y UPM con casos. Unidades enteras: la suma no depende del orden (ver estimar.sql).
upm_extremo as (
    select
        extremo, estrato, upm,
        count(*) as n,
        sum(if(y = 1, w, 0)) as si,
        sum(if(y = 0, w, 0)) as no
    from (
        unpivot (
            select * exclude (peso), round(peso * (select 2.0 ** (52 - ceil(log2(sum(peso)))) from entrevista)) as w
            from entrevista
        )
        on columns(* exclude (periodo, estrato, upm, pais, region, lugar, sexo, edad, w))
        into name indicador value y
    ) as respuesta
    join extremo
        on extremo.indicador = respuesta.indicador
        and extremo.periodo = respuesta.periodo
        and extremo.lugar in (respuesta.pais, respuesta.region, respuesta.lugar)
        and extremo.desglose in (
            'total',
            'sexo:' || respuesta.sexo,
            'edad:' || respuesta.edad,
            'sexo:' || respuesta.sexo || '|edad:' || respuesta.edad
        )
    group by extremo, estrato, upm
),

razon as (
    select
        extremo, sum(n)::bigint as n, sum(si) + sum(no) as todo, sum(si) / todo as p, sum(no) / todo as q
    from upm_extremo
    group by extremo
),

-- Una fila por extremo y UPM: su valor linealizado en unidades de 2^-54, otra vez para que sumar no tenga orden.
linealizado as (
    select extremo, estrato, upm, round((q * si - p * no) / todo * 2.0 ** 54)::bigint as z
    from upm_extremo
    join razon using (extremo)
),

par_extremo as (
    select
        par.*, a.extremo as extremo_a, b.extremo as extremo_b
    from par
    join extremo as a
        on (a.indicador, a.periodo, a.lugar, a.desglose) = (par.indicador, periodo_a, lugar_a, desglose_a)
    join extremo as b
        on (b.indicador, b.periodo, b.lugar, b.desglose) = (par.indicador, periodo_b, lugar_b, desglose_b)
),

-- Una fila por par y UPM con casos de a o de b.
par_upm as (
    select par, periodo_a, periodo_b, estrato, upm, sum(z_a)::hugeint as z_a, sum(z_b)::hugeint as z_b
    from (
        select par, periodo_a, periodo_b, estrato, upm, z as z_a, 0 as z_b
        from par_extremo join linealizado on extremo = extremo_a
        union all
        select par, periodo_a, periodo_b, estrato, upm, 0, z
        from par_extremo join linealizado on extremo = extremo_b
    )
    group by par, periodo_a, periodo_b, estrato, upm
),

par_estrato as (
    select
        par, periodo_a, periodo_b, estrato, count(*) as upm,
        sum(z_a) as z_a, sum(z_b) as z_b, sum(z_a * z_a) as z_a_a, sum(z_a * z_b) as z_a_b, sum(z_b * z_b) as z_b_b
    from par_upm
    group by par, periodo_a, periodo_b, estrato
),

-- La misma fila, centrada en la media de las n_h UPM del estrato; la UPM única, como en estimar.sql.
par_centrado as (
    select
        par, upm,
        case when n_h > 1 then ((n_h * z_a_a - z_a * z_a)::double / (n_h - 1))::hugeint
            when $upm_unica = 'adjust' then z_a_a
            when $upm_unica = 'certainty' then 0
            else error('UPM única en el estrato ' || estrato) end as a_a,
        case when n_h > 1 then ((n_h * z_a_b - z_a * z_b)::double / (n_h - 1))::hugeint
            when $upm_unica = 'adjust' then z_a_b
            when $upm_unica = 'certainty' then 0
            else error('UPM única en el estrato ' || estrato) end as a_b,
        case when n_h > 1 then ((n_h * z_b_b - z_b * z_b)::double / (n_h - 1))::hugeint
            when $upm_unica = 'adjust' then z_b_b
            when $upm_unica = 'certainty' then 0
            else error('UPM única en el estrato ' || estrato) end as b_b
    from par_estrato
    join diseno using (periodo_a, periodo_b, estrato)
),

varianza as (
    select
        par,
        sum(upm)::bigint - count(*) as gl,
        sum(a_a) as a_a,
        sum(a_b) as a_b,
        sum(b_b) as b_b
    from par_centrado
    group by par
)

select
    par, indicador, periodo_a, lugar_a, desglose_a, periodo_b, lugar_b, desglose_b,
    a.n as n_a,
    b.n as n_b,
    100 * a.p as valor_a_pct,
    100 * b.p as valor_b_pct,
    100 * sqrt(a_a::double) / 2.0 ** 54 as error_a,
    100 * sqrt(b_b::double) / 2.0 ** 54 as error_b,
    10000 * a_b::double / 2.0 ** 108 as covarianza,
    100 * (b.p - a.p) as diferencia,
    100 * sqrt(greatest(0, (a_a - 2 * a_b + b_b)::double)) / 2.0 ** 54 as error_estandar,
    gl
from par_extremo
join varianza using (par)
join razon as a on a.extremo = extremo_a
join razon as b on b.extremo = extremo_b
order by par
