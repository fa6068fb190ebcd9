-- devuelve: cada indicador ligado a un compromiso, transferencia, evaluación o proceso, con su cifra antes y después; las
--   columnas terminan en _de y _a; lugar_cifra es de quién es la cifra
-- grano: una fila por liga (objeto, clave, indicador y lugar)
-- parametros: objeto (texto)
-- metodo: de encuesta, cifras del total de estimacion_con_error; de un municipio que es él solo un área urbana, las del área.
--   De conteo, casos vigentes y población de la proyección oficial del año; de un área de un solo municipio, los del municipio.
--   Lo que falta sale nulo, con su estado si la fuente lo dice. La prueba es de atalaya/estadistica/ligados.py
with

liga as (
    select
        l.*,
        i.fuente,
        i.unidad not like '\%%' escape '\' as es_conteo
    from indicadores_ligados as l
    left join indicadores as i using (indicador)
    where l.objeto = $objeto
),

-- Una fila por liga y momento, con el lugar de quien es la cifra.
momento as (
    select
        liga.objeto, liga.clave, liga.indicador, liga.lugar, cuando.cual, cuando.periodo,
        coalesce(
            case when es_conteo then (select min(a.municipio_unico) from lugares as a where a.lugar = liga.lugar)
            else (select min(a.lugar) from lugares as a where a.tipo = 'area_urbana' and a.municipio_unico = liga.lugar) end,
            liga.lugar
        ) as lugar_cifra
    from liga
    cross join lateral (values ('de', liga.antes), ('a', liga.despues)) as cuando (cual, periodo)
),

-- Lo pedido de las tablas grandes, buscado desde lo poco que se pide.
encuesta as (
    select e.*
    from estimacion_con_error as e
    semi join momento as m using (indicador, periodo)
    where e.desglose = 'total'
),

conteo as (
    select c.*
    from conteo_vigente as c
    semi join momento as m using (indicador, periodo)
    where c.desglose = 'total'
),

cifra as (
    select
        m.*,
        e.fuente as fuente_cifra, e.valor_pct, e.error_estandar, e.gl, e.ic_inf, e.ic_sup, e.metodo, e.metodo_error,
        c.casos, c.meses, p.personas as poblacion,
        coalesce(e.estado, c.estado) as estado,
        coalesce(e.archivo, c.archivo) as archivo,
        coalesce(e.cuadro, '') as cuadro,
        coalesce(e.celda, c.celda) as celda
    from momento as m
    left join encuesta as e
        on (e.indicador, e.lugar, e.periodo) = (m.indicador, m.lugar_cifra, m.periodo)
    left join conteo as c
        on (c.indicador, c.lugar, c.periodo) = (m.indicador, m.lugar_cifra, m.periodo)
    left join proyecciones as y on y.pais = left(m.lugar_cifra, 2) and y.denominador = 'proyeccion'
    left join poblacion_vigente as p
        on p.proyeccion = y.proyeccion
        and p.lugar = m.lugar_cifra
        and p.anio = left(m.periodo, 4)::bigint
        and p.edad = 'total'
        and p.sexo = 'total'
),

antes as (
    select objeto, clave, indicador, lugar, lugar_cifra,
        columns(* exclude (objeto, clave, indicador, lugar, lugar_cifra, cual, periodo)) as '\0_de'
    from cifra
    where cual = 'de'
),

despues as (
    select objeto, clave, indicador, lugar,
        columns(* exclude (objeto, clave, indicador, lugar, lugar_cifra, cual, periodo)) as '\0_a'
    from cifra
    where cual = 'a'
)

select
    liga.*,
    antes.* exclude (objeto, clave, indicador, lugar),
    despues.* exclude (objeto, clave, indicador, lugar)
from liga
inner join antes using (objeto, clave, indicador, lugar)
inner join despues using (objeto, clave, indicador, lugar)
order by liga.clave, liga.indicador, liga.lugar
