// A value that changes, and those who want to know.
import { useEffect, useState } from './dom.js';

export class Store {
  #value;
  #listeners = new Set();

  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set(value) {
    if (value !== this.#value) {
      this.#value = value;
      for (const listener of [...this.#listeners]) {
        listener(value);
      }
    }
  }

  /** Calls with every new value; returns how to stop that. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A component that uses this is drawn again when the value changes. */
export function useStore(store) {
  const [, redraw] = useState(0);
  useEffect(() => {
    let seen = store.value;
    const look = () => {
      if (store.value !== seen) {
        seen = store.value;
        redraw(n => n + 1);
      }
    };
    redraw(n => n + 1);
    return store.subscribe(look);
  }, [store]);
  return store.value;
}
