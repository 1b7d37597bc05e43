package io.opsflow.bench.commands;

import io.opsflow.bench.server.Deployment;

/** What every store begins with: a catalog, a task that was created and moved, and a past made of its copies. */
final class FirstEvents {

    private FirstEvents() {}

    /** The store is a new database. */
    static void make(Deployment deployment, String store, int events) throws Exception {
        deployment.databases().create(store);
        try (InProcess first = new InProcess(deployment.databases(), store, deployment.broker(), Deployment.TOPIC)) {
            first.createCatalog();
            try (Way.Worker worker = first.worker(0)) {
                worker.next();
                worker.next();
            }
            first.settle();
        }
        new Filler(deployment.databases(), store).fillUpTo(events);
    }
}
