package io.opsflow.web;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The smallest face: a verb that tells what arrived, and one for each way to fail. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TestFace.TestController.class)
class TestFace {

    @RestController
    @RequestMapping({"/opsflow/v1/task", "/opsflow/task"})
    static class TestController {

        @PostMapping("/create")
        Answer create(@RequestBody Members request, Caller caller) {
            caller.demand(Permission.TASK_WRITE);
            String name = request.requiredText("task_name", 10_000_000);
            request.raw("data");
            request.end();
            return new Answer(name, caller, RequestId.current(), Instant.ofEpochMilli(0));
        }

        @PostMapping("/fail")
        Answer fail(@RequestBody Members request) throws Exception {
            throw failure(request.requiredText("how", 100));
        }

        @GetMapping("/number")
        String number(@RequestParam int n) {
            return "" + n;
        }

        private static Exception failure(String how) {
            return switch (how) {
                case "bug" -> new IllegalStateException("secret of io.opsflow.Internal");
                case "refusal in a wrapper" -> new CompletionException(ApiException.notFound("task_id", "task-1"));
                case "database away" -> new CannotCreateTransactionException("no", new IllegalStateException());
                case "connection refused" -> new DataAccessResourceFailureException("secret host");
                case "pool empty" -> new RuntimeException(new SQLTransientConnectionException("pool"));
                case "past its time limit" -> new RuntimeException(new SQLException("canceled", "57014"));
                case "bad sql" -> new RuntimeException(new SQLException("syntax error at secret", "42601"));
                default -> new IllegalArgumentException(how);
            };
        }
    }

    record Answer(String taskName, @Nullable Caller caller, String requestId, Instant createdAt) {}
}
