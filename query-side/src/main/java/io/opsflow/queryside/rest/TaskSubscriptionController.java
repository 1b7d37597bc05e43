package io.opsflow.queryside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.queryside.subscription.From;
import io.opsflow.queryside.subscription.Subscriptions;
import io.opsflow.web.token.TokenLife;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Server-sent events, written by the request's own thread for as long as they are wanted. */
@RestController
class TaskSubscriptionController {

    private final Subscriptions subscriptions;

    TaskSubscriptionController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GetMapping({"/opsflow/v1/task/subscribe", "/opsflow/task/subscribe"})
    void subscribe(
            Caller caller,
            TokenLife token,
            @RequestHeader(name = From.LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            @RequestParam(name = From.PARAMETER, required = false) @Nullable String from,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpRequestMethodNotSupportedException {
        if (HttpMethod.HEAD.matches(request.getMethod())) { // which Spring takes for a GET: it would never end
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of(HttpMethod.GET.name()));
        }
        caller.demand(Permission.TASK_READ);
        requireKnown(request.getParameterNames());
        From start = From.of(lastEventId, from);
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader(
                "X-Accel-Buffering", "no"); // gateways like nginx would keep events back to send many at once
        subscriptions.serve(caller, token, start, response.getOutputStream());
    }

    /** One that is misspelt would begin now, and what happened before would be missing. */
    private static void requireKnown(Enumeration<String> parameters) {
        parameters.asIterator().forEachRemaining(name -> {
            if (!name.equals(From.PARAMETER)) {
                throw ApiException.invalid(Members.shortened(name), "unknown parameter");
            }
        });
    }
}
