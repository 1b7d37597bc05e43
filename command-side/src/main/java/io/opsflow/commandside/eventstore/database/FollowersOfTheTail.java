package io.opsflow.commandside.eventstore.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * The event store's database as those use it who follow its tail: processors and their positions. Their commits do not
 * wait for the disk, which the appends have for themselves. A crash of the database may take back the last moments of
 * a position, with all that was written beside it; what follows is done again, as after any crash.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
public @interface FollowersOfTheTail {}
