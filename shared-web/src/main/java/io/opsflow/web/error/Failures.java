package io.opsflow.web.error;

import io.opsflow.api.error.ApiException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** The one table from exceptions to refusals. What stands in no row is a bug, and the caller learns nothing about it. */
final class Failures {

    private static final int DEPTH = 20;

    private Failures() {}

    /** The answer to the outermost cause that has a row. */
    static ErrorAnswer answer(Throwable failure) {
        ApiException refusal = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEPTH)
                .flatMap(cause -> Stream.ofNullable(row(cause)))
                .findFirst()
                .orElseGet(ApiException::unknown);
        return new ErrorAnswer(refusal, failure);
    }

    /** The answer where there is no more than a status. */
    static ErrorAnswer answer(int status) {
        return ErrorAnswer.to(refusal(status));
    }

    private static @Nullable ApiException row(Throwable failure) {
        return switch (failure) {
            case ApiException refusal -> refusal;
            case ErrorResponse response -> refusal(response.getStatusCode().value());
            case HttpMessageNotReadableException e -> ApiException.invalid("body", "it is empty or was cut off");
            case TypeMismatchException e -> refusal(400);
            case InvalidParameterException e -> refusal(400);
            case RequestRejectedException e -> refusal(400);
            case AsyncRequestNotUsableException e -> ApiException.invalidArgument(400, "The client went away.");
            case AuthenticationException e -> refusal(401);
            case AccessDeniedException e -> refusal(403);
            default -> Databases.isAway(failure) ? refusal(503) : null;
        };
    }

    private static ApiException refusal(int status) {
        return switch (status) {
            case 401 -> ApiException.unauthenticated("Token is invalid or expired.");
            case 403 -> ApiException.permissionDenied();
            case 404 -> ApiException.invalidArgument(404, "There is nothing at this path.");
            case 405 -> ApiException.invalidArgument(405, "The method is not allowed at this path.");
            case 413 -> ApiException.invalidArgument(413, "The request is too large.");
            case 415 ->
                ApiException.invalidArgument(415, "The body must be JSON in UTF-8, and its content type say so.");
            // An HTTP version, transfer coding or expectation that is not known here: the client's choice, not this
            // service's fault.
            case 417, 501, 505 -> ApiException.invalidArgument(400, "The request is malformed.");
            case 502, 503, 504 -> ApiException.unavailable("The service cannot answer at the moment; try again.");
            default ->
                status >= 400 && status < 500
                        ? ApiException.invalidArgument(status, "The request is malformed.")
                        : ApiException.unknown();
        };
    }
}
