-- devuelve: puntos de partida, objetivos, lecciones, papel del observatorio y conclusiones de cada modelo o convenio
-- grano: una fila por modelo o convenio y orden
-- parametros: ninguno
-- metodo: la tabla lecciones, textual, con el nombre de aquello de lo que son

select l.de, coalesce(m.nombre, c.nombre, l.de) as de_que, l.clase, l.orden, l.texto, l.documento, l.pasaje
from lecciones as l
left join modelos as m on m.modelo = l.de
left join convenios as c on c.convenio = l.de
order by
    list_position(['objetivo específico', 'lección', 'conclusión', 'papel del observatorio', 'punto de partida'], l.clase),
    de_que, l.orden
