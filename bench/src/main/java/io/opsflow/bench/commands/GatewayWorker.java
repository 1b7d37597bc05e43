package io.opsflow.bench.commands;

import io.opsflow.api.caller.Caller;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/** Sends commands by a gateway of Axon, the service's or the stock one. */
final class GatewayWorker implements Way.Worker {

    private final CommandGateway gateway;
    private final Caller caller;
    private @Nullable String created;
    private int turn;

    GatewayWorker(CommandGateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    @Override
    public void next() {
        if (created == null) {
            String taskId = Sample.newTaskId();
            send(Sample.create(taskId));
            created = taskId;
        } else {
            send(Sample.change(created, turn++));
            created = null;
        }
    }

    private void send(Object command) {
        gateway.sendAndWait(command, Sample.metaData(caller));
    }
}
