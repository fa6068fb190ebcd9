-- devuelve: todas las cifras de unos indicadores por área urbana y periodo, cada territorio una sola vez
-- grano: una fila por indicador, área urbana y periodo con fila en el acervo
-- parametros: indicadores (lista de texto), desglose (texto)
-- metodo: cifra vigente con su error. Un área que en ese periodo está entera dentro de otra (Torreón, parte de La Laguna) no
--   sale: sus entrevistas ya cuentan en la mayor. Para regresiones entre lugares, que piden unidades sin traslape.

with

area as (
    select
        l.lugar,
        coalesce(l.desde, '') as desde,
        coalesce(l.hasta, '9999') as hasta,
        list(am.municipio) as municipios
    from lugares as l
    inner join area_municipios as am using (lugar)
    where l.tipo = 'area_urbana'
    group by all
),

-- Los trimestres de la ENSU se ordenan como texto: 2019T1 < 2019T2 < 2020T1.
contenida as (
    select chica.lugar, greatest(chica.desde, grande.desde) as desde, least(chica.hasta, grande.hasta) as hasta
    from area as chica
    inner join area as grande
        on grande.lugar <> chica.lugar
        and len(grande.municipios) > len(chica.municipios)
        and list_has_all(grande.municipios, chica.municipios)
)

select e.*
from estimacion_con_error as e
inner join area as a using (lugar)
where list_contains($indicadores::varchar[], e.indicador)
    and e.desglose = $desglose
    and not exists (
        select 1 from contenida as c where c.lugar = e.lugar and e.periodo between c.desde and c.hasta
    )
order by list_position($indicadores::varchar[], e.indicador), e.lugar, e.periodo
