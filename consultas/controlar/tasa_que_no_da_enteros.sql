-- devuelve: las tasas publicadas que, por su población oficial, no dan un número entero de casos
-- grano: una fila por tasa
-- parametros: ninguno
-- metodo: casos = tasa × personas ÷ 100 000; se admite una milésima de caso, que es lo que pierde una tasa impresa con diez
--   decimales. Una tasa cuyo lugar no tiene población tampoco se admite: sus casos no se podrían saber. Sólo se revisa
--   cuando el acervo ya trae poblaciones de ese país, porque llegan en otro archivo

with

oficial as (
    select v.lugar, v.anio, v.personas
    from poblacion_vigente as v
    inner join proyecciones as p on p.proyeccion = v.proyeccion and p.denominador = 'proyeccion'
    where v.sexo = 'total' and v.edad = 'total'
),

convertida as (
    select c.*, o.personas, c.tasa_publicada_100k * o.personas / 100000 as casos_de_tasa
    from conteo as c
    left join oficial as o on o.lugar = c.lugar and o.anio = left(c.periodo, 4)::bigint
    where c.tasa_publicada_100k is not null
        and left(c.lugar, 2) in (select distinct left(lugar, 2) from oficial)
)

select archivo, celda, periodo, lugar, indicador, tasa_publicada_100k, personas, casos_de_tasa
from convertida
where personas is null or abs(casos_de_tasa - round(casos_de_tasa)) > 0.001
order by all
limit 1000
