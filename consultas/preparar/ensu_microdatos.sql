-- devuelve: las entrevistas de un trimestre de la ENSU, listas para estimar (tabla `ola`): diseño, lugar, sexo, edad y un indicador por columna
-- grano: una fila por marco y entrevista
-- parametros: ninguno
-- metodo: el lugar es el del código de ciudad de ese trimestre (cd_inegi.csv) si entonces se publicaba; en 2015 la encuesta
--   sólo representa a la nación. Sexo y edad sin especificar cuentan en el total y en ningún desglose. Cada indicador es
--   1, 0 o nulo según datos/catalogo/preguntas.csv; docs/fuentes/ensu_microdatos.md
with

-- Una fila por código de ciudad vigente en el trimestre.
ciudad as (
    select distinct cd_inegi.cd, lugares.lugar
    from (select distinct periodo from entrevistas) as ola
    join cd_inegi
        on ola.periodo between cd_inegi.desde and coalesce(cd_inegi.hasta, '9999')
    join lugares
        on lugares.lugar = cd_inegi.lugar
        and ola.periodo between lugares.desde and coalesce(lugares.hasta, '9999')
),

-- Una fila por parte de una ciudad que también se publica sola: Torreón, dentro de La Laguna.
parte as (
    select distinct lugares.lugar, lugares.municipio_unico
    from (select distinct periodo from entrevistas) as ola
    join lugares
        on lugares.tipo = 'area_urbana'
        and lugares.cd is null
        and ola.periodo between lugares.desde and coalesce(lugares.hasta, '9999')
),

-- Una fila por entrevista, con los nombres de la casa.
entrevista as (
    select
        'ensu' as fuente,
        entrevistas.periodo,
        entrevistas.entrevista,
        entrevistas.estrato,
        -- La clave del marco, que dura entre trimestres. Sin ella, UPM_DIS atada al suyo: el mismo número en otro
        -- trimestre es otra UPM, y comparar trimestres no debe creerlas la misma.
        coalesce(
            entrevistas.upm_enlace,
            (entrevistas.periodo[:4] || entrevistas.periodo[6:])::bigint * 1_000_000_000 + entrevistas.upm
        ) as upm,
        entrevistas.factor_persona,
        entrevistas.factor_hogar,
        'MX' as pais,
        nullif(parte.lugar, ciudad.lugar) as region,
        ciudad.lugar,
        case entrevistas.sexo when 1 then 'hombres' when 2 then 'mujeres' end as sexo,
        case
            when entrevistas.edad between 18 and 29 then '18-29'
            when entrevistas.edad between 30 and 39 then '30-39'
            when entrevistas.edad between 40 and 49 then '40-49'
            when entrevistas.edad between 50 and 59 then '50-59'
            when entrevistas.edad >= 60 then '60+'
        end as edad
    from entrevistas
    left join ciudad using (cd)
    left join parte on parte.municipio_unico = 'MX-' || entrevistas.municipio
),

-- Una fila por marco con indicadores ese trimestre: qué factor lo pondera y a qué periodo se refiere. Lo que se pregunta
-- por el semestre se levanta en el trimestre en que termina.
marco as (
    select marco, starts_with(marco, 'personas') as de_personas, ends_with(marco, '_semestre') as de_semestre
    from (values ('personas'), ('personas_semestre'), ('hogares'), ('hogares_semestre')) as marcos (marco)
),

entrevista_en_marco as (
    select
        marco.marco,
        entrevista.* exclude (factor_persona, factor_hogar) replace (
            case
                when de_semestre then periodo[:4] || 'S' || case periodo[5:] when 'T2' then '1' when 'T4' then '2' end
                else periodo
            end as periodo,
            -- El sexo y la edad son de la persona entrevistada: un hogar no los tiene.
            case when de_personas then sexo end as sexo,
            case when de_personas then edad end as edad
        ),
        case when de_personas then factor_persona else factor_hogar end as peso
    from entrevista
    cross join marco
),

respondida as (
    from (select * from entrevista_en_marco where marco = 'personas') join valores_personas using (entrevista)
    union all by name
    from (select * from entrevista_en_marco where marco = 'personas_semestre') join valores_personas_semestre using (entrevista)
    union all by name
    from (select * from entrevista_en_marco where marco = 'hogares') join valores_hogares using (entrevista)
    union all by name
    from (select * from entrevista_en_marco where marco = 'hogares_semestre') join valores_hogares_semestre using (entrevista)
)

select
    fuente, periodo, marco, entrevista, estrato, upm, peso, pais, region, lugar, sexo, edad,
    * exclude (fuente, periodo, marco, entrevista, estrato, upm, peso, pais, region, lugar, sexo, edad)
from respondida
order by marco, entrevista
