package io.opsflow.commandside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.DuplicateIdException;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.web.RequestId;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.stereotype.Component;

/** Sends commands on behalf of a caller and waits until their events are durable. */
@Component
class Commands {

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * @param target what kind of thing the command is about, for the error that says it is not there
     * @throws ApiException any refusal; ERROR_CONFLICT where others were always faster
     */
    <R> R send(Object command, Caller caller, Ids.Kind target) {
        try {
            return gateway.sendAndWait(command, metaData(caller));
        } catch (AggregateNotFoundException e) {
            throw ApiException.notFound(target.key(), String.valueOf(e.getAggregateIdentifier()));
        } catch (ConcurrencyException | DuplicateIdException e) {
            throw ApiException.conflict(target.key());
        }
    }

    /** The request id is one a command, even where a client sends the same X-Request-Id twice. */
    private static MetaData metaData(Caller caller) {
        return MetaData.from(Map.of(
                "caller",
                caller,
                EventMetadata.ACTOR,
                caller.userId(),
                EventMetadata.ACTOR_KIND,
                caller.kind().name(),
                EventMetadata.REQUEST_ID,
                UUID.randomUUID().toString(),
                EventMetadata.CORRELATION_ID,
                RequestId.current()));
    }
}
