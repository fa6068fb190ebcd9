-- devuelve: los modelos que un lugar enseña, y cuántas de las partes que dice tener están nombradas
-- grano: una fila por modelo
-- parametros: ninguno
-- metodo: nombrados cuenta las partes de clase «componente»; si no hay y sí «eje», los ejes (clase_declarada dice cuáles). Lo que
--   falte no se rellena

with

nombrada as (
    select m.modelo, count(c.modelo) filter (where c.clase = 'componente') as componentes,
        count(c.modelo) filter (where c.clase = 'eje') as ejes
    from modelos as m
    left join componentes as c using (modelo)
    group by m.modelo
)

select m.modelo, m.lugar, m.nombre as nombre_modelo, m.desde, m.objetivo, m.componentes_declarados,
    if(n.componentes = 0 and n.ejes > 0, 'eje', 'componente') as clase_declarada,
    if(n.componentes = 0, n.ejes, n.componentes) as nombrados,
    m.nota, m.documento, m.pasaje
from modelos as m
inner join nombrada as n using (modelo)
order by m.nombre, m.modelo
