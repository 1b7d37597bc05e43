package io.opsflow.web.error;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers what never reaches a controller: requests that Tomcat cannot read, and failures of filters. It stands where
 * Tomcat's HTML pages would come from.
 */
final class JsonErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !canWrite(response)) {
            return;
        }
        // With any other status the exception is only Tomcat's own explanation of it.
        ErrorAnswer answer = status == 500 && failure != null ? Failures.answer(failure) : Failures.answer(status);
        try {
            response.resetBuffer(true);
            answer.write(request, response);
        } catch (IOException e) {
            // The client is gone, and with it the only reader.
        }
    }

    private static boolean canWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
