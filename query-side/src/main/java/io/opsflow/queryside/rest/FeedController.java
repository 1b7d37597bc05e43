package io.opsflow.queryside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.queryside.feed.FeedDesk;
import io.opsflow.queryside.feed.FeedInfo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the read model follows the topic, for admins of the system. */
@RestController
@RequestMapping("/admin/feed")
class FeedController {

    private final FeedDesk feed;

    FeedController(FeedDesk feed) {
        this.feed = feed;
    }

    @GetMapping
    FeedInfo get(Caller caller) {
        caller.demandSystemAdmin();
        return feed.info();
    }

    /** Tries the parked events of one aggregate again; 404 where none are parked. Tells what is parked after that. */
    @PostMapping("/retry")
    FeedInfo retry(@RequestBody Members request, Caller caller) {
        caller.demandSystemAdmin();
        String id = request.requiredText("aggregate_id", 255);
        request.end();
        if (!feed.retry(id)) {
            throw ApiException.notFound("aggregate_id", id);
        }
        return feed.info();
    }
}
