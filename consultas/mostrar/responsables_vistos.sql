-- devuelve: quién responde por cada compromiso
-- grano: una fila por compromiso, organización y papel
-- parametros: ninguno
-- metodo: la tabla responsables, primero los responsables
select compromiso, organizacion, papel, documento, pasaje
from responsables
order by compromiso, papel desc, organizacion
