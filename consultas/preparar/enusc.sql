-- devuelve: las entrevistas de un año de la ENUSC, listas para estimar (tabla `ola`): diseño, lugar, sexo, edad y un indicador por columna
-- grano: una fila por marco y entrevista
-- parametros: ninguno
-- metodo: con los factores regionales se estima el país y cada región; con los comunales, que sólo trae 2023, cada comuna.
--   La edad se agrupa en los cortes que todos los años permiten. Cada indicador es 1, 0 o nulo según
--   datos/catalogo/preguntas.csv; docs/fuentes/enusc.md
with

-- Una fila por informante, con los nombres de la casa. El INE da años cumplidos hasta 2019, diez tramos en 2020 y
-- siete desde 2023.
entrevista as (
    select
        'enusc' as fuente,
        periodo,
        entrevista,
        estrato,
        upm,
        factor_persona_regional,
        factor_hogar_regional,
        factor_persona_comunal,
        factor_hogar_comunal,
        'CL-' || lpad(region::varchar, 2, '0') as region_de_chile,
        'CL-' || lpad(comuna::varchar, 5, '0') as comuna_de_chile,
        case sexo when 1 then 'hombres' when 2 then 'mujeres' end as sexo,
        case
            when periodo <= '2019' then case
                when edad between 15 and 29 then '15-29'
                when edad between 30 and 39 then '30-39'
                when edad between 40 and 49 then '40-49'
                when edad between 50 and 59 then '50-59'
                when edad >= 60 then '60+'
            end
            when periodo = '2020' then case
                when edad between 1 and 3 then '15-29'
                when edad = 4 then '30-39'
                when edad = 5 then '40-49'
                when edad = 6 then '50-59'
                when edad between 7 and 10 then '60+'
            end
            when periodo >= '2023' then case
                when edad between 1 and 2 then '15-29'
                when edad = 3 then '30-39'
                when edad = 4 then '40-49'
                when edad = 5 then '50-59'
                when edad between 6 and 7 then '60+'
            end
        end as edad
    from entrevistas
),

-- Una fila por marco: qué se pondera y a qué lugares llega.
marco as (
    select marco, starts_with(marco, 'personas') as de_personas, ends_with(marco, '_comunal') as de_comunas
    from (
        values ('personas_regional'), ('hogares_regional'), ('personas_comunal'), ('hogares_comunal')
    ) as marcos (marco)
),

entrevista_en_marco as (
    select
        fuente,
        periodo,
        marco,
        entrevista,
        estrato,
        upm,  -- su clave empieza por el año: el INE numera los conglomerados de nuevo en cada uno
        case
            when de_personas and de_comunas then factor_persona_comunal
            when de_personas then factor_persona_regional
            when de_comunas then factor_hogar_comunal
            else factor_hogar_regional
        end as peso,
        case when not de_comunas then 'CL' end as pais,
        case when not de_comunas then region_de_chile end as region,
        case when de_comunas then comuna_de_chile end as lugar,
        -- El sexo y la edad son del informante: un hogar no los tiene.
        case when de_personas then sexo end as sexo,
        case when de_personas then edad end as edad,
        de_personas
    from entrevista
    cross join marco
),

respondida as (
    from (select * exclude (de_personas) from entrevista_en_marco where de_personas)
    join valores_personas using (entrevista)
    union all by name
    from (select * exclude (de_personas) from entrevista_en_marco where not de_personas)
    join valores_hogares using (entrevista)
)

select
    fuente, periodo, marco, entrevista, estrato, upm, peso, pais, region, lugar, sexo, edad,
    * exclude (fuente, periodo, marco, entrevista, estrato, upm, peso, pais, region, lugar, sexo, edad)
from respondida
where peso is not null  -- el año no publica ese factor
order by marco, entrevista
