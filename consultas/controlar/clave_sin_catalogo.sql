-- devuelve: las claves de fuente, indicador, lugar o proyección que usan las tablas del acervo y que el catálogo no tiene
-- grano: una fila por clave ajena al catálogo
-- parametros: ninguno
-- metodo: diferencia de conjuntos contra fuentes.csv, indicadores.csv, lugares.csv, municipios.csv,
--   lugares_cl.csv y proyecciones.csv

with

usada as (
    select distinct 'fuente' as columna, fuente as clave from estimacion
    union all
    select distinct 'indicador', indicador from estimacion
    union all
    select distinct 'lugar', lugar from estimacion
    union all
    select distinct 'fuente', fuente from muestra
    union all
    select distinct 'lugar', lugar from muestra
    union all
    select distinct 'fuente', fuente from conteo
    union all
    select distinct 'indicador', indicador from conteo
    union all
    select distinct 'lugar', lugar from conteo
    union all
    select distinct 'proyeccion', proyeccion from poblacion
    union all
    select distinct 'lugar', lugar from poblacion
),

conocida as (
    select 'fuente' as columna, fuente as clave from fuentes
    union all
    select 'indicador', indicador from indicadores
    union all
    select 'lugar', lugar from lugares
    union all
    select 'lugar', lugar from municipios
    union all
    select 'lugar', lugar from lugares_cl
    union all
    select 'proyeccion', proyeccion from proyecciones
)

select distinct columna, clave
from usada
anti join conocida using (columna, clave)
order by all
