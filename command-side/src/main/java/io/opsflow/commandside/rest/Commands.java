package io.opsflow.commandside.rest;

import io.opsflow.api.Versioned;
import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.DuplicateIdException;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.ExpectedVersions;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequest;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequests;
import io.opsflow.commandside.eventstore.idempotency.KeyUsedException;
import io.opsflow.commandside.eventstore.idempotency.KeyedRequest;
import io.opsflow.web.RequestId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends commands on behalf of a caller and waits until their events are durable. */
@Component
class Commands {

    private final CommandGateway gateway;
    private final AnsweredRequests answeredRequests;

    Commands(CommandGateway gateway, AnsweredRequests answeredRequests) {
        this.gateway = gateway;
        this.answeredRequests = answeredRequests;
    }

    /** Makes the answer to a request again. */
    @FunctionalInterface
    interface Again<R> {
        Versioned<R> answer(AnsweredRequest answered);
    }

    /**
     * @param target what kind of thing the command is about, for the error that says it is not there
     * @param again how to answer a request that was answered before
     * @throws ApiException any refusal; ERROR_CONFLICT where others were always faster; ERROR_UNAVAILABLE where those
     *     that came before it are not done within a minute
     */
    <R> Versioned<R> send(Object command, Write write, Ids.Kind target, Again<R> again) {
        KeyedRequest request = write.keyed();
        MetaData metaData = metaData(write, request);
        if (request != null) {
            Optional<Versioned<R>> before = answerAgain(request, again);
            if (before.isPresent()) {
                return before.get();
            }
        }
        try {
            return gateway.sendAndWait(command, metaData);
        } catch (KeyUsedException e) {
            return answerAgain(request, again).orElseThrow(() -> ApiException.conflict(target.key()));
        } catch (AggregateNotFoundException e) {
            throw ApiException.notFound(target.key(), String.valueOf(e.getAggregateIdentifier()));
        } catch (ConcurrencyException | DuplicateIdException e) {
            throw ApiException.conflict(target.key());
        } catch (LockAcquisitionFailedException e) {
            // Those before it on the same aggregate take a minute, which is what a database does that hangs.
            throw ApiException.unavailable("Others change the same at the moment; try again.");
        }
    }

    private <R> Optional<Versioned<R>> answerAgain(@Nullable KeyedRequest request, Again<R> again) {
        if (request == null) {
            return Optional.empty();
        }
        return answeredRequests.find(request.key()).map(answered -> {
            if (!answered.request().equals(request)) {
                throw ApiException.keyReused();
            }
            return again.answer(answered);
        });
    }

    /** The request id is one a command, even where a client sends the same X-Request-Id twice. */
    private static MetaData metaData(Write write, @Nullable KeyedRequest request) {
        Map<String, Object> metaData = new HashMap<>();
        metaData.put(EventMetadata.CALLER, write.caller());
        metaData.put(EventMetadata.ACTOR, write.caller().userId());
        metaData.put(EventMetadata.ACTOR_KIND, write.caller().kind().name());
        metaData.put(EventMetadata.REQUEST_ID, UUID.randomUUID().toString());
        metaData.put(EventMetadata.CORRELATION_ID, RequestId.current());
        ExpectedVersions expected = write.expected();
        if (expected != null) {
            metaData.put(ExpectedVersions.METADATA, expected);
        }
        if (request != null) {
            metaData.put(KeyedRequest.METADATA, request);
        }
        return MetaData.from(metaData);
    }
}
