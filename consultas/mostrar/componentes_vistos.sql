-- devuelve: las partes de los modelos: componentes, ejes, problemas, principios y fundamentos
-- grano: una fila por modelo, clase y orden
-- parametros: ninguno
-- metodo: la tabla componentes, en su orden

select c.modelo, m.nombre as nombre_modelo, c.clase, c.orden, c.nombre as nombre_parte, c.texto, c.documento, c.pasaje
from componentes as c
inner join modelos as m using (modelo)
order by m.nombre, c.modelo, list_position(['problema', 'componente', 'eje', 'principio', 'fundamento'], c.clase), c.orden
