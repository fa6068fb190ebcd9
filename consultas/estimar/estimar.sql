-- devuelve: la proporción de cada indicador en cada lugar y desglose de una ola, con su error de diseño
-- grano: una fila por lugar, indicador y desglose con al menos una entrevista en el universo
-- parametros: fuente (texto), periodo (texto), marco (texto), indicadores (lista de texto),
--   desgloses (lista de texto: total, sexo, edad, sexo|edad), upm_unica (texto: adjust, certainty o fail),
--   nivel (decimal: 90, 95 o 99), intervalo (texto: logit o normal), z (decimal: cuantil normal del nivel),
--   cuantiles_t (lista de decimales: t de Student del nivel con 1, 2, … grados de libertad),
--   serie_t (lista de decimales: coeficientes de 1/gl, 1/gl² y 1/gl³ de esa t cuando se acaba la lista)
-- metodo: razón Σwy/Σw; varianza por linealización de Taylor con conglomerados últimos sobre el diseño completo
--   (Särndal, Swensson y Wretman 1992, §5.5-5.7); intervalo logit con t de Student y gl del dominio. docs/estadistica.md
-- nota: lee la tabla `ola` (docs/estadistica.md dice sus columnas): la pone quien incorpora los microdatos.

with

de_la_ola as (
    from ola where fuente = $fuente and periodo = $periodo and marco = $marco
),

-- Una fila: por cuánto se multiplica el factor para que la ola entera quepa en 2^52 unidades. Con unidades enteras el
-- orden en que suman los hilos no cambia ni el último dígito; ser potencia de dos deja intacto un factor ya entero.
escala as (
    select 2.0 ** (52 - ceil(log2(sum(peso)))) as unidades from de_la_ola
),

-- Una fila por estrato: todas sus UPM en la ola, tengan o no casos del dominio que se estima.
diseno as (
    select estrato, count(distinct upm) as n_h from de_la_ola group by estrato
),

-- Una fila por combinación de lugar, sexo y edad que aparece en la ola.
celda as (
    select row_number() over () as celda, *
    from (select distinct pais, region, lugar, sexo, edad from de_la_ola)
),

-- Una fila por celda y desglose; sin sexo o edad conocidos la entrevista cuenta en el total y no en el desglose.
celda_desglose as (
    select
        celda,
        unnest([pais, region, lugar]) as lugar,
        case corte
            when 'total' then 'total'
            when 'sexo' then 'sexo:' || sexo
            when 'edad' then 'edad:' || edad
            when 'sexo|edad' then 'sexo:' || sexo || '|edad:' || edad
        end as desglose
    from celda, (select unnest($desgloses) as corte)
),

-- Una fila por celda y dominio al que pertenece. Agrupar por un número, y no por su nombre, es lo que da velocidad.
celda_dominio as (
    select celda, lugar, desglose, dense_rank() over (order by lugar, desglose)::integer as dominio
    from celda_desglose
    where lugar is not null and desglose is not null
),

-- Una fila por entrevista y dominio, con un indicador por columna.
entrevista as (
    select
        celda_dominio.dominio,
        estrato,
        upm,
        round(peso * unidades) as w,
        columns(lambda c: list_contains($indicadores, c))
    from de_la_ola
    join celda
        on de_la_ola.pais is not distinct from celda.pais
        and de_la_ola.region is not distinct from celda.region
        and de_la_ola.lugar is not distinct from celda.lugar
        and de_la_ola.sexo is not distinct from celda.sexo
        and de_la_ola.edad is not distinct from celda.edad
    join celda_dominio on celda_dominio.celda = celda.celda
    cross join escala
),

-- Una fila por dominio y UPM, con un indicador por columna: unidades de quienes cumplen, del universo, y entrevistas.
upm_ancha as (
    select
        dominio, estrato, upm,
        struct_pack(
            si := sum(w * columns(* exclude (dominio, estrato, upm, w))),
            todo := sum(if(columns(* exclude (dominio, estrato, upm, w)) is null, 0, w)),
            n := count(columns(* exclude (dominio, estrato, upm, w)))
        )
    from entrevista
    group by dominio, estrato, upm
),

-- Una fila por dominio, indicador y UPM con casos; no = unidades de quienes están en el universo y no cumplen.
upm_indicador as (
    select
        dominio, indicador, estrato, total.n,
        total.si::bigint::hugeint as si,
        (total.todo - total.si)::bigint::hugeint as no
    from (unpivot upm_ancha on columns(* exclude (dominio, estrato, upm)) into name indicador value total)
    where total.n > 0
),

-- Una fila por dominio, indicador y estrato con casos: sumas y productos cruzados exactos de los totales de sus UPM.
estrato_indicador as (
    select
        dominio, indicador, estrato,
        sum(n) as n,
        count(*) as upm,
        sum(si) as si,
        sum(no) as no,
        sum(si * si) as si_si,
        sum(si * no) as si_no,
        sum(no * no) as no_no
    from upm_indicador
    group by dominio, indicador, estrato
),

-- La misma fila con n/(n−1)·Σ(x−x̄)(y−ȳ) sobre las n UPM del estrato: las que no tienen casos aportan cero a las sumas
-- y cuentan en n. La cuenta se hace exacta, se divide y se vuelve a entero, para que sumar estratos no tenga orden.
-- Con una sola UPM no hay media que restar: adjust la mide contra cero (la media de todos los z), certainty no la cuenta.
estrato_centrado as (
    select
        dominio, indicador, n, e.upm, n_h, si, no,
        case when n_h > 1 then ((n_h * si_si - si * si)::double / (n_h - 1))::hugeint
            when $upm_unica = 'adjust' then si_si
            when $upm_unica = 'certainty' then 0
            else error('UPM única en el estrato ' || estrato) end as si_si,
        case when n_h > 1 then ((n_h * si_no - si * no)::double / (n_h - 1))::hugeint
            when $upm_unica = 'adjust' then si_no
            when $upm_unica = 'certainty' then 0
            else error('UPM única en el estrato ' || estrato) end as si_no,
        case when n_h > 1 then ((n_h * no_no - no * no)::double / (n_h - 1))::hugeint
            when $upm_unica = 'adjust' then no_no
            when $upm_unica = 'certainty' then 0
            else error('UPM única en el estrato ' || estrato) end as no_no
    from estrato_indicador as e
    join diseno using (estrato)
),

-- Una fila por dominio e indicador. gl = UPM con casos − estratos con casos.
dominio_indicador as (
    select
        dominio, indicador,
        sum(n)::bigint as n,
        sum(upm)::bigint as upm,
        count(*) as estratos,
        count_if(n_h = 1)::bigint as estratos_upm_unica,
        sum(si)::double as si,
        sum(no)::double as no,
        sum(si_si)::double as si_si,
        sum(si_no)::double as si_no,
        sum(no_no)::double as no_no
    from estrato_centrado
    group by dominio, indicador
),

-- La razón es p = si/(si+no) y su valor linealizado en la UPM i, z_i = (q·si_i − p·no_i)/(si+no), con q = 1−p: la
-- varianza es la forma cuadrática de los productos centrados. varianza_simple es la del muestreo simple (como en R).
razon as (
    select
        dominio, indicador, n, upm, estratos, estratos_upm_unica,
        upm - estratos as gl,
        si / unidades as numerador,
        (si + no) / unidades as denominador,
        si / (si + no) as p,
        no / (si + no) as q,
        sqrt(greatest(0, q * q * si_si - 2 * p * q * si_no + p * p * no_no)) / (si + no) as ee,
        p * q / nullif(n - 1, 0) * (1 - n / denominador) as varianza_simple
    from dominio_indicador
    cross join escala
),

-- t de Student: la lista hasta donde llega; después, tres términos de su serie en 1/gl alrededor de la normal
-- (Abramowitz y Stegun 26.7.5), que ahí aciertan diez cifras. El intervalo exacto usa también la t con n−1.
con_t as (
    select
        *,
        case when p in (0, 1) then 'exacto' else 'logit' end as forma,
        coalesce($cuantiles_t[gl], $z + $serie_t[1] / gl + $serie_t[2] / gl ** 2 + $serie_t[3] / gl ** 3) as t,
        coalesce(
            $cuantiles_t[n - 1],
            $z + $serie_t[1] / (n - 1) + $serie_t[2] / (n - 1) ** 2 + $serie_t[3] / (n - 1) ** 3
        ) as t_n
    from razon
),

-- Con p = 0 o 1 el logit no existe: Clopper-Pearson con n corregida por gl, n·(t_{n−1}/t_gl)² (Korn y Graubard 1998).
-- Sin grados de libertad no hay intervalo.
con_intervalo as (
    select
        *,
        case when $intervalo = 'normal' then 'normal' when gl > 0 then forma end as metodo_intervalo,
        ((1 - $nivel / 100) / 2) ** (1 / (n * (t_n / t) ** 2)) as cola,
        case metodo_intervalo
            when 'normal' then greatest(0, p - $z * ee)
            when 'logit' then 1 / (1 + q / p * exp(t * ee / (p * q)))
            when 'exacto' then if(p = 0, 0, cola)
        end as inferior,
        case metodo_intervalo
            when 'normal' then least(1, p + $z * ee)
            when 'logit' then 1 / (1 + q / p * exp(-t * ee / (p * q)))
            when 'exacto' then if(p = 1, 1, 1 - cola)
        end as superior
    from con_t
)

select
    $fuente as fuente,
    $periodo as periodo,
    $marco as marco,
    lugar,
    indicador,
    desglose,
    100 * p as valor_pct,
    100 * ee as error_estandar,
    100 * inferior as ic_inf,
    100 * superior as ic_sup,
    $nivel::double as nivel_confianza,
    metodo_intervalo,
    n,
    gl,
    100 * ee / nullif(p, 0) as cv_pct,
    ee * ee / nullif(varianza_simple, 0) as efecto_diseno,
    n / nullif(efecto_diseno, 0) as n_efectivo,
    round(numerador)::bigint as numerador,
    round(denominador)::bigint as denominador,
    upm,
    estratos,
    estratos_upm_unica
from con_intervalo
join (select distinct dominio, lugar, desglose from celda_dominio) using (dominio)
order by indicador, lugar, desglose
