-- devuelve: los modelos que un lugar enseña, y cuántos de los componentes que dice tener están nombrados
-- grano: una fila por modelo
-- parametros: ninguno
-- metodo: nombrados cuenta las filas de componentes de clase «componente»; lo que falte no se rellena

select m.modelo, m.lugar, m.nombre as nombre_modelo, m.desde, m.objetivo, m.componentes_declarados,
    (select count(*) from componentes as c where c.modelo = m.modelo and c.clase = 'componente') as nombrados,
    m.nota, m.documento, m.pasaje
from modelos as m
order by m.nombre, m.modelo
