/** The wire's version. Coordinator, workers and clients of different versions do not talk to each other: they say so when they meet. */
export const protocolVersion = 3;
