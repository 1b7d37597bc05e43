package io.opsflow.commandside.eventstore;

import io.opsflow.api.error.ApiException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/**
 * Sees to it that no command is answered by what has passed: those that append nothing (no change, a refusal) are
 * checked against the store as the others are by their append, and decided again where others were faster.
 */
public final class DecisionCheck implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final PostgresEventStorageEngine store;

    DecisionCheck(PostgresEventStorageEngine store) {
        this.store = store;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> command, InterceptorChain chain) throws Exception {
        AppendCondition condition = AppendCondition.of(command);
        condition.begin(store.decisions());
        try {
            Object answer = chain.proceed();
            // Behind Axon's own step, which appends the events.
            command.onPrepareCommit(prepared -> {
                if (!condition.isAppended()) {
                    store.appendNothing(condition);
                }
            });
            return answer;
        } catch (ApiException | AggregateNotFoundException refusal) {
            store.refuse(condition);
            throw refusal;
        }
    }
}
