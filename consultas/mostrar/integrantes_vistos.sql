-- devuelve: quiénes hacen una evaluación, por perfil
-- grano: una fila por perfil
-- parametros: evaluacion (texto)
-- metodo: la tabla integrantes; sin número es que el documento no lo dice, no que sean cero
select perfil, personas, documento, pasaje
from integrantes
where evaluacion = $evaluacion
order by perfil
