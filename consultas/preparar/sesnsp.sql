-- devuelve: las carpetas de investigación de un archivo mensual del SESNSP, en el esquema de conteo
-- grano: una fila por mes, lugar, indicador y desglose (el total y, si el delito tiene varias, cada modalidad)
-- parametros: ninguno
-- metodo: las modalidades son excluyentes y se suman. Una celda vacía deja sin dato su modalidad y su total: vacío no es
--   cero. Los meses posteriores al último con dato no tienen fila. La nación es la suma de las 32 entidades de un archivo
--   estatal; un archivo municipal no da ni la entidad ni la nación. El cero de quien no registra un delito
--   (datos/catalogo/sin_registro.csv) no es un cero. docs/fuentes/sesnsp.md
with

-- Una fila por renglón del archivo, con las claves del catálogo.
renglon as (
    select r.*, d.indicador, m.desglose
    from renglones as r
    inner join delitos as d on d.fuente = 'sesnsp' and d.instrumento = r.instrumento and d.delito = r.subtipo
    left join modalidades as m
        on m.fuente = 'sesnsp'
        and m.instrumento = r.instrumento
        and m.delito = r.subtipo
        and m.modalidad = r.modalidad
),

anio_completo as (
    select anio
    from renglon
    where (select es_estatal from portada)
    group by anio
    having count(distinct lugar) = 32
),

renglon_de_lugar as (
    from renglon
    union all by name
    select * replace ('MX' as lugar) from renglon semi join anio_completo using (anio)
),

-- Con qué subtipos del archivo se forma cada indicador en cada instrumento: casi siempre uno.
subtipo_de as (
    select indicador, instrumento, string_agg(subtipo, '; ' order by subtipo) as celda
    from (select distinct indicador, instrumento, subtipo from renglon)
    group by indicador, instrumento
),

-- Los nombres que no se pudieron atribuir a un municipio: en un archivo con claves, ninguno.
nombre_de as (
    select anio, lugar, string_agg(nombre, '; ' order by nombre) as nombres
    from (select distinct anio, lugar, nombre from renglones where nombre is not null)
    group by anio, lugar
),

-- Doce columnas de mes; cada una es nula si alguna de las que suma viene vacía.
total as (
    select
        anio,
        lugar,
        instrumento,
        indicador,
        'total' as desglose,
        null as modalidad,
        case when count(columns('^m\d\d$')) = count(*) then sum(columns('^m\d\d$')) end as '\0'
    from renglon_de_lugar
    group by anio, lugar, instrumento, indicador
),

parte as (
    select
        anio,
        lugar,
        instrumento,
        indicador,
        desglose,
        min(subtipo || ' › ' || modalidad) as modalidad,
        case when count(columns('^m\d\d$')) = count(*) then sum(columns('^m\d\d$')) end as '\0'
    from renglon_de_lugar
    where desglose is not null
    group by anio, lugar, instrumento, indicador, desglose
),

anual as (
    from total
    union all by name
    from parte
),

mensual as (
    from anual unpivot include nulls (casos for mes in (columns('^m\d\d$')))
),

fechada as (
    select *, anio || '-' || mes[2:] as periodo from mensual
)

select
    'sesnsp' as fuente,
    f.periodo,
    f.lugar,
    f.indicador,
    f.desglose,
    case when s.indicador is null or f.casos > 0 then f.casos end::bigint as casos,
    null::double as tasa_publicada_100k,
    1::bigint as meses,
    case
        when f.casos is null then 'no_disponible'
        when s.indicador is not null and f.casos = 0 then 'no_registrado'
        else 'dato'
    end as estado,
    'publicada' as metodo,
    p.edicion,
    p.archivo,
    -- Con el lugar y el periodo, dice el renglón y la columna del archivo sin repetir un número distinto en cada fila.
    coalesce(f.modalidad, c.celda) || coalesce(' (' || n.nombres || ')', '') as celda
from fechada as f
cross join portada as p
inner join subtipo_de as c using (indicador, instrumento)
left join nombre_de as n using (anio, lugar)
left join sin_registro as s
    on s.fuente = 'sesnsp'
    and s.entidad = left(f.lugar, 5)
    and s.indicador = f.indicador
    and f.periodo between s.desde and coalesce(s.hasta, f.periodo)
where f.periodo <= p.edicion
