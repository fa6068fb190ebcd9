-- devuelve: los casos que se muestran de cada mes y de cada año; las columnas de conteo menos tasa_publicada_100k
-- grano: una fila por fuente, periodo (mes o año), lugar, indicador y desglose
-- parametros: ninguno
-- metodo: de cada mes o año publicado, la edición más nueva, porque cada una corrige a las anteriores. Donde la fuente sólo
--   publica la tasa, los casos son tasa × población oficial ÷ 100 000, que es un entero exacto (lo exige el control
--   tasa_que_no_da_enteros). El año se suma de sus meses con dato, y «meses» dice cuántos son: menos de doce es un año
--   a medias. Si además hay un total anual, vale el año entero antes que el que va a medias, el publicado antes que el
--   citado, y la edición más nueva; en empate, el total publicado. Nada se borra: lo demás sigue en la tabla conteo.

with

-- Casi todo lo dice un solo archivo: sólo se desempata donde se encuentran dos.
disputado as (
    select fuente, indicador, desglose, periodo
    from conteo
    group by all
    having min(archivo) <> max(archivo) or min(edicion) <> max(edicion)
),

elegida as (
    from conteo
    anti join disputado as d using (fuente, indicador, desglose, periodo)
    union all
    (
        from conteo
        semi join disputado as d using (fuente, indicador, desglose, periodo)
        qualify row_number() over (
            partition by fuente, periodo, lugar, indicador, desglose
            order by edicion desc, meses desc, archivo
        ) = 1
    )
),

-- Una población por lugar y año: la de las tasas oficiales de su país.
oficial as (
    select v.lugar, v.anio, v.personas
    from poblacion_vigente as v
    inner join proyecciones as p on p.proyeccion = v.proyeccion and p.denominador = 'proyeccion'
    where v.sexo = 'total' and v.edad = 'total'
),

contada as (
    select
        e.* exclude (casos, tasa_publicada_100k),
        coalesce(e.casos, round(e.tasa_publicada_100k * o.personas / 100000))::bigint as casos
    from elegida as e
    left join oficial as o
        on e.tasa_publicada_100k is not null and o.lugar = e.lugar and o.anio = left(e.periodo, 4)::bigint
),

anio_sumado as (
    select
        fuente,
        left(periodo, 4) as periodo,
        lugar,
        indicador,
        desglose,
        sum(casos)::bigint as casos,
        count(casos) as meses,
        case
            when count(casos) > 0 then 'dato'
            when bool_or(estado = 'no_registrado') then 'no_registrado'
            else 'no_disponible'
        end as estado,
        max(metodo) as metodo,
        max(edicion) as edicion,
        -- Si los meses salen de varios archivos se nombran el primero y el último; juntarlos todos en medio millón de años
        -- costaba más que lo demás.
        case when min(archivo) = max(archivo) then min(archivo) else min(archivo) || '; ' || max(archivo) end as archivo,
        'suma de sus meses' as celda
    from contada
    where len(periodo) = 7
    group by all
),

anio_elegido as (
    select * exclude (sumado)
    from (
        select *, false as sumado from contada where len(periodo) = 4
        union all by name
        select *, true as sumado from anio_sumado
    )
    qualify row_number() over (
        partition by fuente, periodo, lugar, indicador, desglose
        order by meses < 12, metodo = 'citada', edicion desc, meses desc, sumado
    ) = 1
)

select fuente, periodo, lugar, indicador, desglose, casos, meses, estado, metodo, edicion, archivo, celda
from contada
where len(periodo) = 7
union all by name
select fuente, periodo, lugar, indicador, desglose, casos, meses, estado, metodo, edicion, archivo, celda
from anio_elegido
