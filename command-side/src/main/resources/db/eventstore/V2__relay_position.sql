-- The relay's position belongs to the topic that it is the position of.
update token_entry set processor_name = 'relay:opsflow.events' where processor_name = 'relay';
