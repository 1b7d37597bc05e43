-- The second database of the two; the image itself makes the first.
create database read_model;
