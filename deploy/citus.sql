-- Spreads central's tables over the machines of a Citus cluster, by team. Run once, as the tables' owner, after
-- `phb-central init`. Every statement of central's names its team, so each goes to one machine.
SELECT create_distributed_table('team', 'team_id');
SELECT create_distributed_table('staff', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('sign_in', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('device', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('code', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('nonce', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('change', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('record', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('told', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('device_order', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('audit', 'team_id', colocate_with => 'team');
-- The teams a transaction may see are set with SET LOCAL; the machines that hold the rows have to be told too.
ALTER DATABASE central SET citus.propagate_set_commands = 'local';
